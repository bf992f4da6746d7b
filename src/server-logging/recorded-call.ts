/** From a record of RingCentral's call log to what is kept on its way to the ledger. */

import { type Static, Type } from "typebox";
import { CallFacts } from "../core/calls/call-content.ts";
import { mediaPage } from "../core/media-link.ts";
import type { Party } from "../ringcentral/answer-parts.ts";
import type { CallRecord } from "../ringcentral/call-records.ts";
import { defined } from "../sdk/defined.ts";
import { compiled } from "../compiled.ts";

const CallOfExtension = Type.Object({
  /** Whose call it was; undefined where RingCentral does not say. */
  extensionId: Type.Optional(Type.String()),
  /** The far side. */
  contactNumber: Type.String(),
  facts: CallFacts,
});
export type CallOfExtension = Static<typeof CallOfExtension>;
const stored = compiled(CallOfExtension);

export function readCall(content: unknown): CallOfExtension {
  return stored.Parse(content);
}

/** Undefined for what is not logged: a fax, a call that goes on or was deleted, and one between colleagues. */
export function callOf(record: CallRecord): CallOfExtension | undefined {
  const { direction, from, to, legs, result } = record;
  if (record.type !== "Voice" || record.isDeleted || result === "In Progress") return undefined;
  const [contact, agent] = direction === "Inbound" ? [from, to] : [to, from];
  if (contact.phoneNumber === undefined || contact.extensionId !== undefined) return undefined;
  const extensionId =
    record.extensionId ?? legs.find((leg) => leg.extensionId !== undefined)?.extensionId ?? agent.extensionId;
  const facts = defined({
    sessionId: record.sessionId,
    telephonySessionId: record.telephonySessionId,
    direction,
    contactNumber: contact.phoneNumber,
    agentName: agent.name,
    agentNumber: agent.phoneNumber,
    agentExtension: agent.extensionNumber,
    startedAt: record.startTime,
    durationSeconds: record.durationSeconds,
    result,
    recordingLink: record.recording && mediaPage(record.recording.contentUri),
    legs: legs.map((leg) => ({
      direction: leg.direction,
      from: partOf(leg.from),
      to: partOf(leg.to),
      duration: leg.durationSeconds,
    })),
  });
  return defined({ extensionId, contactNumber: contact.phoneNumber, facts });
}

function partOf({ name, phoneNumber, extensionNumber }: Party) {
  return defined({ name, phoneNumber, extensionNumber });
}
