/** The text of a day's conversation in a CRM: composed, and brought up to date without losing what a person added. */

import type { LogStyle } from "./call-parts.ts";
import { conversationLayout } from "./conversation-layout.ts";
import { closingPlace, countSplices, standingPlaces } from "./conversation-places.ts";
import { conversationText } from "./conversation-text.ts";
import type { LogFormat } from "../../sdk/connector.ts";
import { spliced } from "./splice.ts";

/** One message, with its attachments as lines such as "Image: https://…". */
export interface ConversationEntry {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly author: string;
  readonly text: string;
}

/** The messages of one day between an agent and a contact. A voicemail or a fax has its link in the text of its entry. */
export interface Conversation {
  readonly kind: "SMS" | "VoiceMail" | "Fax";
  /** Of a voicemail or a fax; where it is missing, an entry by the agent is outbound. */
  readonly direction?: "Inbound" | "Outbound" | undefined;
  readonly contactName: string;
  readonly agentName?: string | undefined;
  /** Epoch milliseconds within the day. */
  readonly day: number;
  readonly participants: readonly string[];
  readonly ownerName?: string | undefined;
  readonly entries: readonly ConversationEntry[];
}

export function composeConversation(
  conversation: Conversation,
  style: LogStyle,
  format: LogFormat,
): { subject: string; body: string } {
  const text = conversationText(conversation, style);
  return { subject: text.heading, body: conversationLayout(format).document(text) };
}

/**
 * Puts the entries that are wanted and were not written at their place in time, unless the body shows them already, and counts
 * the messages anew. What was written stays as it is, also where a person edited or deleted it.
 */
export function mergeConversation(
  body: string,
  change: { written: Conversation | undefined; wanted: Conversation },
  style: LogStyle,
  format: LogFormat,
): string {
  const { written, wanted } = change;
  if (written === undefined && body.trim() === "") return composeConversation(wanted, style, format).body;
  const layout = conversationLayout(format);
  const text = conversationText(wanted, style);
  const lines = layout.lines(body);
  const known = new Set(written?.entries.map(({ id }) => id));
  const entries = text.entries.map((entry) => ({ id: entry.id, body: layout.entry(entry, text) }));
  const standing = standingPlaces(
    lines,
    entries.map((entry) => ({ ...entry, isKnown: known.has(entry.id), lines: layout.lines(entry.body) })),
  );
  const end = closingPlace(lines, text.kind) ?? body.length;
  const insertions = entries.flatMap((entry, index) => {
    if (known.has(entry.id) || standing.has(entry.id)) return [];
    const later = entries.slice(index + 1).find(({ id }) => standing.has(id));
    return [layout.insert(body, (later && standing.get(later.id)) ?? end, entry.body)];
  });
  return spliced(body, [...insertions, ...countSplices(body, lines, entries.length)]);
}
