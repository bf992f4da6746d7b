/** Messages of one conversation that RingCentral's message store told of: into the ledger, as the browser would have put them there. */

import type { LoggingFields } from "../core/admin/logging-fields.ts";
import { type Connectors, siteOf } from "../core/connectors.ts";
import { createCalendars } from "../core/log-body/date-format.ts";
import { dayOfConversation } from "../core/messages/conversation-key.ts";
import { documentsIn } from "../core/messages/document-sources.ts";
import type { Documents } from "../core/messages/documents.ts";
import type { Messages } from "../core/messages/messages.ts";
import { readConversation } from "../core/messages/read-conversation.ts";
import type { PhoneNumber } from "../core/phone-number.ts";
import type { Contact } from "../sdk/connector.ts";
import { defined } from "../sdk/defined.ts";
import type { FollowedLog } from "../store/followed-logs.ts";
import type { RecordedStore } from "../store/recorded.ts";
import { chosenFor, type LogCase } from "./choices.ts";
import { isSwitchedOff } from "./kinds.ts";
import { numberToLog, type SoleContact } from "./known-numbers.ts";
import type { Logged } from "./logging-calls.ts";
import { farSides, type MessageSide, ownSide, type RecordedMessage, sentMessage } from "./recorded-message.ts";
import type { Belonging, Whose } from "./whose.ts";

export interface MessageLoggingDependencies {
  whose: Whose;
  messages: Messages;
  documents: Documents;
  soleContact: SoleContact;
  connectors: Connectors;
  loggingFields: Pick<LoggingFields, "filledIn">;
  recordedMessages: RecordedStore;
}

/** Of one extension and one conversation. */
export type LogRecordedMessages = (
  followed: FollowedLog,
  extensionId: string,
  messages: readonly RecordedMessage[],
) => Promise<Logged>;

const CASES: Readonly<Record<RecordedMessage["kind"], LogCase>> = {
  SMS: "message",
  VoiceMail: "voicemail",
  Fax: "fax",
};

interface FarSide {
  side: MessageSide;
  phone: PhoneNumber;
  contact: Contact | undefined;
}

export function createMessageLogging(dependencies: MessageLoggingDependencies): LogRecordedMessages {
  const { whose, messages, documents, soleContact, connectors, loggingFields, recordedMessages } = dependencies;
  const calendarOf = createCalendars();

  async function logWith(
    followed: FollowedLog,
    { user, owner, crmUserId, settings }: Belonging,
    day: readonly RecordedMessage[],
    { far, contact: found, phone }: { far: readonly FarSide[]; contact: Contact; phone: PhoneNumber },
  ): Promise<void> {
    // Each participant of a group has a record of their own.
    const whoseRecord = far.length > 1 ? found.id : undefined;
    const ids = day.map(({ id }) => id);
    const logged = await messages.logged(user, ids, whoseRecord);
    const [newest, ...earlier] = day.filter(({ id }) => !logged.has(id));
    if (newest === undefined) return;
    const self = ownSide(newest);
    const sent = {
      id: dayOfConversation(newest.conversationId, newest.at, user.timeZone, calendarOf),
      conversationId: newest.conversationId,
      type: newest.kind,
      messages: [newest, ...earlier].map(sentMessage),
      correspondents: far.map(({ side, contact }) => ({ ...side, name: contact?.name ?? side.name })),
      self: self && { ...self, name: self.name ?? (crmUserId === user.crmUserId ? user.name : undefined) },
    };
    const contact = defined({ id: found.id, type: found.type, name: found.name, phoneNumber: phone.e164 ?? phone.raw });
    const { phoneNumber: _, ...read } = readConversation(sent, contact);
    const filledInBy = [followed.userId, user.id];
    const submission = chosenFor({
      manifest: connectors.byPlatform(user.platform).manifest(siteOf(connectors)),
      page: "messageLog",
      logCase: CASES[newest.kind],
      contact: found,
      settings,
      filledIn: await loggingFields.filledIn(filledInBy),
    });
    const { newMessageIds } = await messages.log(user, {
      ...read,
      contact,
      submission,
      owner,
      service: { filledInBy },
    });
    if (!documents.areStored(user)) return;
    for (const messageId of newMessageIds) {
      const sources = documentsIn(sent, [messageId]);
      await recordedMessages.keep(
        sources.map((source, at) => ({
          followedLogId: followed.id,
          id: `${messageId}/${at + 1}/${contact.id}`,
          content: { document: { userId: user.id, contact, submission, source } },
        })),
      );
    }
  }

  /** Undefined where it is not to be logged, or there is nobody to log it for. */
  function farNumbers(followed: FollowedLog, conversation: readonly RecordedMessage[]) {
    const sides = new Map(conversation.flatMap(farSides).map((side) => [side.phoneNumber ?? "", side]));
    const numbers = [...sides].map(([number, side]) => ({ side, phone: numberToLog(followed, number) }));
    // Where one of a group is never to be logged, the words of that one would be in everybody's record.
    if (numbers.some(({ phone }) => phone === "never")) return undefined;
    return numbers.flatMap(({ side, phone }) => (phone === undefined || phone === "never" ? [] : [{ side, phone }]));
  }

  return async (followed, extensionId, conversation) => {
    const numbers = farNumbers(followed, conversation);
    if (numbers === undefined || numbers.length === 0) return "done";
    const belonging = await whose(followed, extensionId);
    const { user, settings } = belonging;
    const wanted = conversation.filter((message) => !isSwitchedOff(message, settings));
    const isGroup = numbers.length > 1;
    // What is known already costs the CRM nothing, such as a message of which RingCentral tells again since it was read.
    const logged = isGroup
      ? undefined
      : await messages.logged(
          user,
          wanted.map(({ id }) => id),
        );
    const fresh = wanted.filter(({ id }) => logged?.has(id) !== true);
    if (fresh.length === 0) return "done";
    const far: FarSide[] = [];
    for (const { side, phone } of numbers) far.push({ side, phone, contact: await soleContact(user, phone) });
    const days = Map.groupBy(fresh.toSorted(newestFirst), ({ conversationId, at }) =>
      dayOfConversation(conversationId, at, user.timeZone, calendarOf),
    );
    for (const day of days.values()) {
      for (const { contact, phone } of far) {
        if (contact !== undefined) await logWith(followed, belonging, day, { far, contact, phone });
      }
    }
    return far.every(({ contact }) => contact !== undefined) ? "done" : "undecided";
  };
}

function newestFirst(one: RecordedMessage, other: RecordedMessage): number {
  return other.at - one.at;
}
