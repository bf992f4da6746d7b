/** Messages: texts, voicemails and faxes, grouped into one record per conversation and day. */

import type { LogContact, Submission } from "../../sdk/connector.ts";
import type { EntriesInTransaction, LogEntry } from "../../store/log-entries.ts";
import type { StoredUser } from "../../store/users.ts";
import type { CrmReacher } from "../crm-reach.ts";
import type { Intent, Ledger } from "../ledger/ledger.ts";
import { type LogOutcome, outcomeWithin } from "../log-outcome.ts";
import { type Conversation, readWantedConversation, type WantedConversation } from "./message-content.ts";

export interface ConversationToLog {
  /** One record per key: the conversation's id and day, with the contact's id for a group. */
  key: string;
  contact: LogContact;
  conversation: Conversation;
  submission: Submission;
}

export interface Messages {
  /** `newMessageIds` are the messages that were not logged before; a batch sent again adds nothing. */
  log(user: StoredUser, posted: ConversationToLog): Promise<LogOutcome & { newMessageIds: string[] }>;
}

export function createMessages({ ledger, reacher }: { ledger: Ledger; reacher: CrmReacher }): Messages {
  return {
    async log(user, posted) {
      const crmName = reacher.of(user).connector.displayName;
      let newMessageIds: string[] = [];
      const key = { userId: user.id, kind: "message", sourceKey: posted.key } as const;
      const entry = await ledger.accept(key, async (present, entries) => {
        const intent = await toLog(present, posted, entries);
        newMessageIds = [...(intent?.messageIds ?? [])];
        return intent;
      });
      if (entry === undefined) throw new Error("A conversation that was accepted has no ledger entry.");
      return { ...(await outcomeWithin(entry, ledger.deliver(entry), crmName)), newMessageIds };
    },
  };
}

async function toLog(
  present: LogEntry | undefined,
  posted: ConversationToLog,
  entries: EntriesInTransaction,
): Promise<Intent | undefined> {
  const logged = present === undefined ? new Set<string>() : await entries.loggedMessages(present.id);
  const fresh = distinct(posted.conversation.entries.filter((message) => !logged.has(message.id)));
  const triesAgain = present?.state === "refused" && present.wanted !== undefined;
  if (present !== undefined && fresh.length === 0 && !triesAgain) return undefined;
  const { contact, submission } = posted;
  const before = present?.wanted === undefined ? undefined : readWantedConversation(present.wanted);
  const conversation = before?.conversation ?? posted.conversation;
  const wanted: WantedConversation = {
    contact: before?.contact ?? contact,
    submission: before?.submission ?? submission,
    conversation: { ...conversation, entries: inOrder([...(before?.conversation.entries ?? []), ...fresh]) },
  };
  return { contactId: wanted.contact.id, wanted, messageIds: fresh.map((message) => message.id) };
}

/** Oldest first; messages of the same moment stay in the order in which they came. */
function inOrder(messages: readonly Conversation["entries"][number][]) {
  return messages.toSorted((one, other) => one.at - other.at);
}

function distinct(messages: readonly Conversation["entries"][number][]) {
  return [...new Map(messages.map((message) => [message.id, message])).values()];
}
