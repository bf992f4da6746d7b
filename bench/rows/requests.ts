/** The requests of the bench as the client sends them: the token in the query, and a running number where one differs from another. */

import { MARK, wireRequest } from "../load/plan.ts";

/** Session ids that are logged before anything is measured, and that were not. */
export const SEEDED_PREFIX = "s";
/** As RingCentral's call log shows them: numbers of twelve digits, that grow for all people together. */
const NEW_SESSIONS_FROM = "53327";

/** National numbers without their area code: those that the index knows, and those that nobody asked for yet. */
export const INDEXED_NUMBERS = { from: 2_000_000, among: 5 };
export const NEW_NUMBERS_FROM = 3_000_000;

/** Reads `ids` sessions of a person, each one of those that were seeded. */
export function readCalls(token: string, person: number, ids: number): string {
  const sessionIds = Array.from({ length: ids }, () => seededSession(person, MARK)).join(",");
  return wireRequest("GET", `/callLog?sessionIds=${sessionIds}&requireDetails=false&jwtToken=${token}`);
}

export function seededSession(person: number, number: string): string {
  return `${SEEDED_PREFIX}${person}-${number}`;
}

export function findContact(token: string): string {
  return wireRequest(
    "GET",
    `/contact?phoneNumber=%2B1650${MARK}&isExtension=false&overridingFormat=&jwtToken=${token}`,
  );
}

export function logCall(token: string, person: number): string {
  const logInfo = {
    id: `call-${person}-${MARK}`,
    sessionId: `${NEW_SESSIONS_FROM}${MARK}`,
    telephonySessionId: `t${person}-${MARK}`,
    direction: "Inbound",
    startTime: 1_760_000_000_000,
    duration: 61,
    result: "Call connected",
    from: { phoneNumber: "+16502000001", name: "Caller" },
    to: { phoneNumber: "+16505550100", name: "Agent" },
    recording: { link: "https://media.example.com/recording/1" },
  };
  const note = "Asked for the offer of last week; wants to be called back on Monday.";
  const contact = { contactId: "16502000001", contactType: "Contact", contactName: "Caller" };
  return wireRequest("POST", `/callLog?jwtToken=${token}`, { logInfo, note, additionalSubmission: {}, ...contact });
}

/** A conversation of this many messages, newest first, as the client orders them. */
export function logConversation(token: string, person: number, length: number): string {
  const messages = Array.from({ length }, (_, at) => ({
    id: `m${person}-${MARK}-${at}`,
    type: "SMS",
    subject: `Message ${at} of a conversation.`,
    direction: at % 2 === 0 ? "Inbound" : "Outbound",
    creationTime: 1_760_000_000_000 - at * 60_000,
    from: { phoneNumber: at % 2 === 0 ? "+16502000001" : "+16505550100", name: "Somebody" },
    to: [{ phoneNumber: at % 2 === 0 ? "+16505550100" : "+16502000001", name: "Somebody else" }],
  }));
  const conversationId = `c${person}-${MARK}`;
  const logInfo = {
    conversationId,
    conversationLogId: `${conversationId}/10/9/2025`,
    type: "SMS",
    date: "10/9/2025",
    messages,
    correspondents: [{ phoneNumber: "+16502000001", name: "Caller" }],
  };
  const contact = { contactId: "16502000001", contactType: "Contact", contactName: "Caller" };
  return wireRequest("POST", `/messageLog?jwtToken=${token}`, { logInfo, additionalSubmission: {}, ...contact });
}
