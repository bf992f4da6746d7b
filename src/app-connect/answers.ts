/** Reads what a connector answered, in the shapes of today and of the years before. */

import { isMembers, type Members } from "./exports.ts";

/** An id of the CRM's, which may be a number. */
export function idIn(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function membersIn(value: unknown): Members {
  return isMembers(value) ? value : {};
}

/** The sentence for the person: a message of its own, or a bare text. */
export function wordsIn(answer: unknown): string | undefined {
  const { message, returnMessage } = membersIn(answer);
  const said = textIn(membersIn(returnMessage)["message"]) ?? textIn(returnMessage) ?? textIn(message);
  return said?.slice(0, 500);
}

/**
 * Whether the answer means failure. Many connectors catch what went wrong and answer as always, with a warning for the person as
 * the only sign of it.
 */
export function hasFailed(answer: unknown): boolean {
  const { returnMessage, successful } = membersIn(answer);
  const { messageType } = membersIn(returnMessage);
  if (successful === false) return true;
  return successful !== true && ["warning", "danger", "error"].includes(String(messageType));
}

/** `{ logId }` today; the id itself in the first years. */
export function logIdIn(answer: unknown): string | undefined {
  return idIn(answer) ?? idIn(membersIn(answer)["logId"]);
}

/** `{ callLogInfo }` today; its members themselves before. */
export function callLogInfoIn(answer: unknown): Members | undefined {
  if (!isMembers(answer)) return undefined;
  const { callLogInfo } = answer;
  if (isMembers(callLogInfo)) return callLogInfo;
  return "note" in answer || "fullBody" in answer || "subject" in answer ? answer : undefined;
}

/** Contacts without the placeholder; undefined where the answer says that the search did not succeed. */
export function contactsIn(answer: unknown): Members[] | undefined {
  if (Array.isArray(answer)) return people(answer);
  const { contact, matchedContactInfo = contact, successful } = membersIn(answer);
  if (successful === false) return undefined;
  return people(Array.isArray(matchedContactInfo) ? matchedContactInfo : []);
}

function people(list: readonly unknown[]): Members[] {
  return list.filter(isMembers).filter(({ id, isNewContact }) => isNewContact !== true && id !== "createNewContact");
}
