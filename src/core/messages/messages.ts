/** Messages: texts, voicemails and faxes, grouped into one record per conversation and day. */

import type { LogContact, Submission } from "../../sdk/connector.ts";
import type { EntriesInTransaction, LogEntry, LogEntryStore } from "../../store/log-entries.ts";
import type { LoggedMessage } from "../../store/logged-messages.ts";
import type { StoredUser } from "../../store/users.ts";
import type { LoggingService } from "../calls/calls.ts";
import type { CrmReacher } from "../crm-reach.ts";
import type { Observations } from "../observations.ts";
import type { Elsewhere, Intent } from "../ledger/acceptance.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { createCalendars } from "../log-body/date-format.ts";
import { logAccepted, type LogOutcome, type OnAccepted, outcomeWithin } from "../log-outcome.ts";
import { conversationKey } from "./conversation-key.ts";
import { type Conversation, readWantedConversation, type WantedConversation } from "./message-content.ts";
import type { ReadConversation } from "./read-conversation.ts";

export interface ConversationToLog extends Omit<ReadConversation, "phoneNumber"> {
  contact: LogContact;
  submission: Submission;
  /** The colleague whose record it shall be; undefined: the user's own. */
  owner?: string | undefined;
  /** Where no browser logs. */
  service?: Pick<LoggingService, "filledInBy"> | undefined;
}

export interface Messages {
  /** `newMessageIds` are the messages that were not logged before; a batch sent again adds nothing. */
  log(
    user: StoredUser,
    posted: ConversationToLog,
    onAccepted?: OnAccepted,
  ): Promise<LogOutcome & { newMessageIds: string[] }>;
  /**
   * Which of these are logged by the user, or by somebody who shares the records with them. With a contact: in a record of
   * theirs, as each participant of a group has one.
   */
  logged(user: StoredUser, messageIds: readonly string[], contactId?: string): Promise<Set<string>>;
}

export interface MessagesDependencies {
  ledger: Ledger;
  entries: Pick<LogEntryStore, "logged">;
  reacher: CrmReacher;
  observations: Observations;
}

export function createMessages({ ledger, entries, reacher, observations }: MessagesDependencies): Messages {
  const calendarOf = createCalendars();

  return {
    async log(user, posted, onAccepted) {
      const crmName = reacher.of(user).connector.displayName;
      let newMessageIds: string[] = [];
      const key = conversationKey(user, posted, calendarOf);
      const submitted = await ledger.submit(key, async (present, inside) => {
        const decided = await toLog(present, inside, user, posted);
        newMessageIds = decided === undefined || "standsIn" in decided ? [] : [...(decided.messageIds ?? [])];
        return decided;
      });
      if (submitted === undefined) throw new Error("A conversation that was accepted has no ledger entry.");
      const { entry, delivery } = submitted;
      observations.report(logAccepted(entry, posted.contact.phoneNumber));
      const [outcome] = await Promise.all([outcomeWithin(entry, delivery, crmName), onAccepted?.(entry)]);
      return { ...outcome, newMessageIds };
    },

    async logged({ id: userId, sharedLogId }, messageIds, contactId) {
      if (sharedLogId === undefined || messageIds.length === 0) return new Set();
      const found = await entries.logged({ userId, sharedLogId }, messageIds);
      return new Set(ofContact(found, contactId).map(({ messageId }) => messageId));
    },
  };
}

async function toLog(
  present: LogEntry | undefined,
  inside: EntriesInTransaction | undefined,
  user: StoredUser,
  posted: ConversationToLog,
): Promise<Intent | Elsewhere | undefined> {
  const found = inside === undefined ? undefined : await loggedAnywhere(inside, user, posted);
  const ofEntry = found === undefined ? present && (await inside?.loggedMessages(present.id)) : undefined;
  const logged = ofEntry ?? new Set(found?.map(({ messageId }) => messageId));
  const fresh = distinct(posted.conversation.entries.filter((message) => !logged.has(message.id)));
  const newest = posted.conversation.entries.at(-1);
  const elsewhere = found?.find(({ messageId }) => messageId === newest?.id);
  if (present === undefined && fresh.length === 0 && elsewhere !== undefined) {
    const standsIn = await inside?.get(elsewhere.entryId);
    if (standsIn !== undefined) return { standsIn };
  }
  const triesAgain = present?.state === "refused" && present.wanted !== undefined;
  if (present !== undefined && fresh.length === 0 && !triesAgain) return undefined;
  const { contact, service, submission } = posted;
  const before = present?.wanted === undefined ? undefined : readWantedConversation(present.wanted);
  const owner = before === undefined ? posted.owner : before.owner;
  const loggedBy = before === undefined ? service && { filledInBy: [...service.filledInBy] } : before.service;
  const conversation = before?.conversation ?? posted.conversation;
  const wanted: WantedConversation = {
    contact: before?.contact ?? contact,
    submission: before?.submission ?? submission,
    ...(owner === undefined ? {} : { owner }),
    ...(loggedBy === undefined ? {} : { service: loggedBy }),
    conversation: { ...conversation, entries: inOrder([...(before?.conversation.entries ?? []), ...fresh]) },
  };
  return { contactId: wanted.contact.id, wanted, messageIds: fresh.map((message) => message.id) };
}

/** Where others may have logged the same messages, they may have done so in another conversation or on another day. */
async function loggedAnywhere(
  inside: EntriesInTransaction,
  { id: userId, sharedLogId }: StoredUser,
  { contact, conversation, isGroup }: ConversationToLog,
): Promise<LoggedMessage[] | undefined> {
  if (sharedLogId === undefined) return undefined;
  const found = await inside.logged(
    { userId, sharedLogId },
    conversation.entries.map(({ id }) => id),
  );
  return ofContact(found, isGroup ? contact.id : undefined);
}

function ofContact(found: readonly LoggedMessage[], contactId: string | undefined): LoggedMessage[] {
  return found.filter((one) => contactId === undefined || one.contactId === contactId);
}

/** Oldest first; messages of the same moment stay in the order in which they came. */
function inOrder(messages: readonly Conversation["entries"][number][]) {
  return messages.toSorted((one, other) => one.at - other.at);
}

function distinct(messages: readonly Conversation["entries"][number][]) {
  return [...new Map(messages.map((message) => [message.id, message])).values()];
}
