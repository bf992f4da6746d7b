/** What a conversation's record says, before any format: its heading, its people, and its entries in the order of time. */

import type { LogStyle } from "./call-parts.ts";
import type { Conversation, ConversationEntry } from "./conversation.ts";
import { formatDate } from "./date-format.ts";
import { isWebLink, oneLine, tidy } from "./part-value.ts";

export interface EntryText {
  readonly id: string;
  /** Who wrote at what time; voicemails and faxes have none. */
  readonly header: string;
  readonly text: string;
}

export interface ConversationText {
  readonly kind: Conversation["kind"];
  readonly heading: string;
  readonly day: string;
  readonly participants: readonly string[];
  readonly owner: string;
  readonly entries: readonly EntryText[];
  /** Everybody whose name may begin a header. */
  readonly names: readonly string[];
}

export function conversationText(conversation: Conversation, style: LogStyle): ConversationText {
  const { kind, day, entries, participants, contactName, agentName = "", ownerName = "" } = conversation;
  const authors = entries.map(({ author }) => author);
  return {
    kind,
    heading: `${title(conversation)} - ${formatDate(day, "YY/MM/DD", style.timeZone, style.calendarOf)}`,
    day: formatDate(day, "dddd, MMMM DD, YYYY", style.timeZone, style.calendarOf),
    participants: participants.map(oneLine).filter(Boolean),
    owner: oneLine(ownerName),
    entries: entries.toSorted((one, other) => one.at - other.at).map((entry) => entryText(kind, entry, style)),
    names: [...new Set([...authors, ...participants, contactName, agentName, ownerName].map(oneLine))].filter(Boolean),
  };
}

/** The line that closes every record. */
export const FOOTER = "--- Created via Trunkline";

function title({ kind, direction, contactName, agentName, entries }: Conversation): string {
  const contact = oneLine(contactName);
  const isByAgent = agentName !== undefined && entries[0]?.author === agentName;
  const isOutbound = direction === undefined ? isByAgent : direction === "Outbound";
  if (kind === "VoiceMail") return `Voicemail left ${isOutbound ? "for" : "by"} ${contact}`;
  if (kind === "Fax") return `Fax document sent ${isOutbound ? "to" : "from"} ${contact}`;
  return `SMS conversation with ${contact}`;
}

function entryText(
  kind: Conversation["kind"],
  { id, at, author, text }: ConversationEntry,
  style: LogStyle,
): EntryText {
  const said = tidy(text);
  if (kind === "SMS") {
    const header = [oneLine(author), formatDate(at, "hh:mm A", style.timeZone, style.calendarOf)]
      .filter(Boolean)
      .join(" ");
    return { id, header, text: said };
  }
  const label = kind === "VoiceMail" ? "Voicemail recording link" : "Fax document link";
  return { id, header: "", text: isWebLink(said) ? `${label}: ${said}` : said };
}
