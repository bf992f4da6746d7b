/** Under which key a day of a conversation stands in the ledger. */

import type { EntryKey } from "../../store/entry-places.ts";
import type { StoredUser } from "../../store/users.ts";
import { type CalendarOf, formatDate } from "../log-body/date-format.ts";
import type { ConversationToLog } from "./messages.ts";

/** As App Connect's client writes a day in the United States ("/messageLog", conversationLogId). */
const DAY = "M/D/YYYY";

/**
 * The client's own name for its log: the conversation, and the day as its browser writes it, in its own zone. Where somebody
 * else may log the same messages, that would be another name for each browser: the day is then the user's own in the CRM, and
 * the client's name finds what stood under it before. `at` is that of the newest message.
 */
export function conversationKey(user: StoredUser, posted: ConversationToLog, calendarOf: CalendarOf): EntryKey {
  const { id: userId, sharedLogId, timeZone } = user;
  const { contact, conversation, conversationId, isGroup, key } = posted;
  const whose = isGroup ? `-${contact.id}` : "";
  const named = { userId, kind: "message", sourceKey: `${key}${whose}`, sharedLogId } as const;
  const newest = conversation.entries.at(-1);
  if (sharedLogId === undefined || conversationId === undefined || newest === undefined) return named;
  const sourceKey = `${dayOfConversation(conversationId, newest.at, timeZone, calendarOf)}${whose}`;
  return sourceKey === named.sourceKey ? named : { ...named, sourceKey, orKey: named.sourceKey };
}

export function dayOfConversation(
  conversationId: string,
  at: number,
  timeZone: string,
  calendarOf: CalendarOf,
): string {
  return `${conversationId}/${formatDate(at, DAY, timeZone, calendarOf)}`;
}
