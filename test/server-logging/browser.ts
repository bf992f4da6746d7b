/** What browsers post of calls and messages that RingCentral has: the same that Trunkline was told of, as the installed client says it. */

import { messageAnswer } from "../fake-ringcentral/shapes.ts";
import type { FakeCall, FakeMessage } from "../fake-ringcentral/state.ts";
import type { JsonObject } from "../../src/store/json.ts";
import { objectOf, objectsOf } from "../contract/extension.ts";
import type { Office } from "./office.ts";

export interface Chosen {
  contactId: string;
  contactName: string;
}

export const LUKE_IN_CRM: Chosen = { contactId: "1", contactName: "Luke Skywalker" };

/** Where a browser stands, and how it writes a day: both are in the name that it gives to a conversation's log. */
export interface Browser {
  locale: string;
  timeZone: string;
}

export const IN_AMERICA: Browser = { locale: "en-US", timeZone: "America/Los_Angeles" };
export const IN_ENGLAND: Browser = { locale: "en-GB", timeZone: "Europe/London" };

export function callPosted(call: FakeCall, contact: Chosen = LUKE_IN_CRM): JsonObject {
  const { direction, durationSeconds: duration, outsider, result, sessionId, startTime, telephonySessionId } = call;
  const [from, to] = direction === "Inbound" ? [outsider, {}] : [{}, outsider];
  const logInfo = { sessionId, telephonySessionId, direction, duration, result, startTime, from, to };
  return { logInfo, note: "", additionalSubmission: {}, ...contact };
}

/** One request for each day, as the client splits a conversation; newest first. */
export function conversationsPosted(
  { ringCentral }: Pick<Office, "ringCentral">,
  messages: readonly FakeMessage[],
  { locale, timeZone }: Browser,
  { contact = LUKE_IN_CRM, correspondents }: { contact?: Chosen; correspondents?: JsonObject[] } = {},
): JsonObject[] {
  const days = Map.groupBy(messages, ({ conversationId, creationTime, id }) => {
    const day = new Intl.DateTimeFormat(locale, { timeZone }).format(creationTime);
    return `${conversationId ?? id}/${day}`;
  });
  return [...days].map(([conversationLogId, ofDay]) => {
    const newestFirst = ofDay.toSorted((one, other) => other.creationTime - one.creationTime);
    const shown = newestFirst.map((message) => {
      const answer = messageAnswer(message, { state: ringCentral.state, origin: ringCentral.url });
      return { ...answer, creationTime: message.creationTime } satisfies JsonObject;
    });
    const [newest] = newestFirst;
    const others = newest === undefined ? [] : [{ phoneNumber: newest.outsider.phoneNumber }];
    const [conversationId] = conversationLogId.split("/");
    const logInfo = {
      conversationId,
      conversationLogId,
      type: newest?.type,
      messages: shown,
      correspondents: correspondents ?? others,
    };
    return { logInfo, additionalSubmission: {}, ...contact };
  });
}

/** Posts all of it as the user of this session; answers which messages were new. */
export async function postMessages(
  there: Pick<Office, "ask">,
  jwt: string,
  posted: readonly JsonObject[],
): Promise<unknown[]> {
  const added: unknown[] = [];
  for (const body of posted) {
    const { json, text } = await there.ask("POST /messageLog", { jwt, body });
    if (json["successful"] !== true || !Array.isArray(json["logIds"])) throw new Error(text);
    added.push(...json["logIds"]);
  }
  return added;
}

/** Which of these sessions the user of this session sees as logged. */
export async function seenAsLogged(
  there: Pick<Office, "ask">,
  jwt: string,
  calls: readonly FakeCall[],
): Promise<unknown[]> {
  const query = `sessionIds=${calls.map(({ sessionId }) => sessionId).join()}`;
  const { json } = await there.ask("GET /callLog", { jwt, query });
  return objectsOf(json["logs"]).map((log) => objectOf(log)["matched"]);
}
