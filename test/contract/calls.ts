/** Calls and conversations as the installed extension posts them. */

import type { JsonObject } from "../../src/store/json.ts";
import { askCrm } from "../support/trunkline.ts";
import { type Extension, textOf } from "./extension.ts";

/** The seeded contact that +16505551212 finds. */
export const LUKE = { contactId: "1", contactType: "Contact", contactName: "Luke Skywalker" };
export const LUKES_NUMBER = "+16505551212";
/** 2026-09-21T14:13:20Z: 07:13:20 in the morning where Ann works. */
export const STARTED_AT = 1_790_000_000_000;

/** POST /callLog right after hanging up. */
export function newCall(sessionId: string, more: { logInfo?: JsonObject; [member: string]: unknown } = {}): JsonObject {
  const { logInfo, ...rest } = more;
  return {
    logInfo: {
      id: `A${sessionId}`,
      uri: `https://platform.ringcentral.com/restapi/v1.0/account/401/extension/402/call-log/A${sessionId}`,
      sessionId,
      telephonySessionId: `s-${sessionId}`,
      accountId: "401",
      type: "Voice",
      action: "Phone Call",
      direction: "Inbound",
      result: "Call connected",
      reason: "Accepted",
      startTime: STARTED_AT,
      duration: 62,
      from: { phoneNumber: LUKES_NUMBER, name: "WIRELESS CALLER", location: "Palo Alto, CA" },
      to: { phoneNumber: "+16505550100", extensionNumber: "101", extensionId: "402", name: "Ann Operator" },
      ...logInfo,
    },
    note: "",
    additionalSubmission: {},
    overridingFormat: ["", "", ""],
    ...LUKE,
    ...rest,
  };
}

/** PATCH /callLog as the background sync sends it: everything it knows, no subject. */
export function laterFacts(sessionId: string, more: JsonObject = {}): JsonObject {
  return {
    sessionId,
    note: "",
    startTime: STARTED_AT,
    duration: 62,
    result: "Call connected",
    direction: "Inbound",
    from: { phoneNumber: LUKES_NUMBER },
    to: { phoneNumber: "+16505550100", name: "Ann Operator" },
    ...more,
  };
}

/** What stands in the CRM. */
export async function recordOf({ running }: Extension, logId: unknown): Promise<JsonObject & { body: string }> {
  const activity = await askCrm(running, "GET", `/api/activities/${textOf(logId)}`);
  return { ...activity, body: textOf(activity["body"]) };
}

/** One text; the wire has the newest first. */
export function text(id: string, subject: string, minute: number, more: JsonObject = {}): JsonObject {
  const ann = { phoneNumber: "+16505550100", extensionNumber: "101", name: "Ann Operator" };
  const luke = { phoneNumber: LUKES_NUMBER };
  const outbound = more["direction"] === "Outbound";
  return {
    id,
    type: "SMS",
    subject,
    direction: "Inbound",
    creationTime: STARTED_AT + minute * 60_000,
    lastModifiedTime: STARTED_AT + minute * 60_000,
    messageStatus: "Received",
    readStatus: "Read",
    priority: "Normal",
    from: outbound ? ann : luke,
    to: [outbound ? luke : ann],
    attachments: [
      {
        id,
        type: "Text",
        contentType: "text/plain",
        uri: `https://media.ringcentral.com/restapi/v1.0/message-store/${id}/content/${id}`,
      },
    ],
    ...more,
  };
}

/** POST /messageLog with what happened in one conversation on one day. */
export function conversation(
  conversationId: string,
  messages: readonly JsonObject[],
  more: { logInfo?: JsonObject; [member: string]: unknown } = {},
): JsonObject {
  const { logInfo, ...rest } = more;
  return {
    logInfo: {
      conversationId,
      conversationLogId: `${conversationId}/9/21/2026`,
      date: "9/21/2026",
      type: "SMS",
      messages,
      correspondents: [{ phoneNumber: LUKES_NUMBER, name: "Luke Skywalker" }],
      self: { phoneNumber: "+16505550100", extensionNumber: "101", name: "Ann Operator" },
      ...logInfo,
    },
    additionalSubmission: {},
    overridingFormat: ["", "", ""],
    ...LUKE,
    ...rest,
  };
}
