/** What a visit with `--write` sends: one contact, one call and one conversation, that can be told from real ones. */

import { randomBytes, randomInt } from "node:crypto";
import { listAt, textAt } from "../../../testing/wire.ts";
import type { Learnt, Visit } from "./check.ts";
import { platformOf } from "./platform.ts";

const AGENT = { phoneNumber: "+12025550100", extensionNumber: "101", name: "Trunkline Check" };

export const FIRST_NOTE = "Written by trunkline doctor.";
export const SECOND_NOTE = "Changed by trunkline doctor.";

export interface NewContact {
  phoneNumber: string;
  newContactName: string;
  newContactType: string;
  additionalSubmission: object;
}

export function newContact(visit: Visit): NewContact {
  const [type] = listAt(visit.learnt.manifest, "platforms", platformOf(visit), "contactTypes");
  return {
    // A number that is kept for stories.
    phoneNumber: `+12025550${randomInt(101, 200)}`,
    newContactName: `Trunkline Check ${randomBytes(3).toString("hex")}`,
    newContactType: textAt(type, "value"),
    additionalSubmission: {},
  };
}

export function newSessionId(): string {
  return `9${randomInt(10 ** 12, 10 ** 13)}`;
}

export function callLog(sessionId: string, contact: Contact): object {
  const theirs = { phoneNumber: contact.phone, name: contact.name };
  return {
    logInfo: {
      id: `A${sessionId}`,
      sessionId,
      telephonySessionId: `s-${sessionId}`,
      direction: "Inbound",
      result: "Call connected",
      startTime: Date.now() - 120_000,
      duration: 61,
      from: theirs,
      to: AGENT,
      customSubject: `Check of ${contact.name}`,
    },
    note: FIRST_NOTE,
    additionalSubmission: {},
    ...chosen(contact),
  };
}

export function conversation(contact: Contact): object {
  const conversationId = newSessionId();
  const now = new Date();
  const day = `${now.getUTCMonth() + 1}/${now.getUTCDate()}/${now.getUTCFullYear()}`;
  const theirs = { phoneNumber: contact.phone, name: contact.name };
  return {
    logInfo: {
      conversationId,
      conversationLogId: `${conversationId}/${day}`,
      date: day,
      type: "SMS",
      messages: [
        {
          id: Number(conversationId.slice(1)),
          type: "SMS",
          subject: FIRST_NOTE,
          direction: "Inbound",
          creationTime: now.getTime(),
          from: theirs,
          to: [AGENT],
          attachments: [],
        },
      ],
      correspondents: [theirs],
      self: AGENT,
    },
    additionalSubmission: {},
    overridingFormat: [],
    ...chosen(contact),
  };
}

type Contact = NonNullable<Learnt["contact"]>;

function chosen({ id, name, type }: Contact) {
  return { contactId: id, contactName: name, ...(type === undefined ? {} : { contactType: type }) };
}
