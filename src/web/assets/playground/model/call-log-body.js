/** A call's log on the wire: what is sent of a call, and what is read of its record. */

/** @import { Call, Contact, Submission } from "../types.d.ts" */

import { resultOf, talkSeconds } from "./calls.js";
import { objectAt, textAt } from "./reading.js";

/** The person's own side of every call here. */
export const OWN_SIDE = { phoneNumber: "+16505550100", extensionNumber: "101" };

/** Who called whom. @param {Call} call @param {string} ownName */
export function sidesOfCall({ number, direction }, ownName) {
  const own = { ...OWN_SIDE, name: ownName };
  const other = { phoneNumber: number };
  return direction === "Inbound" ? { from: other, to: own } : { from: own, to: other };
}

/**
 * POST /callLog as the extension sends it. While the call goes on its duration is "pending".
 * @param {Call} call
 * @param {object} about
 * @param {Contact} about.contact
 * @param {Submission} about.submission
 * @param {readonly string[]} about.formats
 * @param {ReturnType<typeof sidesOfCall>} about.sides
 */
export function callLogBody(call, { contact, submission, formats, sides }) {
  const { sessionId, startedAt, direction, subject, note } = call;
  const isOver = call.phase === "over";
  return {
    logInfo: {
      id: `call-${sessionId}`,
      sessionId,
      telephonySessionId: `s-${sessionId}`,
      startTime: startedAt,
      duration: isOver ? talkSeconds(call) : "pending",
      ...(isOver ? { result: resultOf(call) } : {}),
      direction,
      ...sides,
      ...(subject === "" ? {} : { customSubject: subject }),
    },
    note,
    additionalSubmission: submission,
    overridingFormat: formats,
    contactId: contact.id,
    contactType: contact.type ?? "",
    contactName: contact.name,
  };
}

/** What stands in the CRM, from one of GET /callLog's logs; undefined where it could not be read. @param {unknown} log */
export function detailsIn(log) {
  const found = objectAt(log, "logData");
  if (Object.keys(found).length === 0) return undefined;
  return {
    logId: textAt(log, "logId"),
    subject: textAt(found, "subject"),
    note: textAt(found, "note"),
    contactName: textAt(found, "contactName"),
    fullBody: textAt(found, "fullBody"),
    dispositions: scalarsOf(objectAt(found, "dispositions")),
  };
}

/** @param {Record<string, unknown>} values @returns {Submission} */
function scalarsOf(values) {
  /** @type {Submission} */
  const scalars = {};
  for (const [name, value] of Object.entries(values))
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") scalars[name] = value;
  return scalars;
}
