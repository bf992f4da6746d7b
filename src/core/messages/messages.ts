/** Messages: texts, voicemails and faxes, grouped into one record per conversation and day. */

import type { LogContact, Submission } from "../../sdk/connector.ts";
import type { EntriesInTransaction, LogEntry } from "../../store/log-entries.ts";
import type { StoredUser } from "../../store/users.ts";
import type { CrmReacher } from "../crm-reach.ts";
import type { Observations } from "../observations.ts";
import type { Intent } from "../ledger/acceptance.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { logAccepted, type LogOutcome, type OnAccepted, outcomeWithin } from "../log-outcome.ts";
import { type Conversation, readWantedConversation, type WantedConversation } from "./message-content.ts";

export interface ConversationToLog {
  /** One record per key: the conversation's id and day, with the contact's id for a group. */
  key: string;
  contact: LogContact;
  conversation: Conversation;
  submission: Submission;
  /** The colleague whose record it shall be; undefined: the user's own. */
  owner?: string | undefined;
}

export interface Messages {
  /** `newMessageIds` are the messages that were not logged before; a batch sent again adds nothing. */
  log(
    user: StoredUser,
    posted: ConversationToLog,
    onAccepted?: OnAccepted,
  ): Promise<LogOutcome & { newMessageIds: string[] }>;
}

export interface MessagesDependencies {
  ledger: Ledger;
  reacher: CrmReacher;
  observations: Observations;
}

export function createMessages({ ledger, reacher, observations }: MessagesDependencies): Messages {
  return {
    async log(user, posted, onAccepted) {
      const crmName = reacher.of(user).connector.displayName;
      let newMessageIds: string[] = [];
      const key = { userId: user.id, kind: "message", sourceKey: posted.key } as const;
      const submitted = await ledger.submit(key, async (present, inside) => {
        const intent = await toLog(present, posted, inside);
        newMessageIds = [...(intent?.messageIds ?? [])];
        return intent;
      });
      if (submitted === undefined) throw new Error("A conversation that was accepted has no ledger entry.");
      const { entry, delivery } = submitted;
      observations.report(logAccepted(entry, posted.contact.phoneNumber));
      const [outcome] = await Promise.all([outcomeWithin(entry, delivery, crmName), onAccepted?.()]);
      return { ...outcome, newMessageIds };
    },
  };
}

async function toLog(
  present: LogEntry | undefined,
  posted: ConversationToLog,
  inside: EntriesInTransaction | undefined,
): Promise<Intent | undefined> {
  const logged = (present && (await inside?.loggedMessages(present.id))) ?? new Set<string>();
  const fresh = distinct(posted.conversation.entries.filter((message) => !logged.has(message.id)));
  const triesAgain = present?.state === "refused" && present.wanted !== undefined;
  if (present !== undefined && fresh.length === 0 && !triesAgain) return undefined;
  const { contact, submission } = posted;
  const before = present?.wanted === undefined ? undefined : readWantedConversation(present.wanted);
  const owner = before === undefined ? posted.owner : before.owner;
  const conversation = before?.conversation ?? posted.conversation;
  const wanted: WantedConversation = {
    contact: before?.contact ?? contact,
    submission: before?.submission ?? submission,
    ...(owner === undefined ? {} : { owner }),
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
