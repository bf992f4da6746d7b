/** Where the entries of a conversation stand in a body, and where new ones belong. */

import type { BodyLine } from "./conversation-layout.ts";
import type { Conversation } from "./conversation.ts";
import type { Splice } from "./splice.ts";

/** An entry to look for, by the lines that it would have. */
export interface SoughtEntry {
  readonly id: string;
  readonly isKnown: boolean;
  readonly lines: readonly BodyLine[];
}

/**
 * The offset of every entry whose lines stand in the body, one below the other. No line counts for two entries: long entries
 * choose first, so that a short one is not found in a longer one that begins alike, and of equals those written before.
 */
export function standingPlaces(lines: readonly BodyLine[], entries: readonly SoughtEntry[]): Map<string, number> {
  const taken = new Set<BodyLine>();
  const places = new Map<string, number>();
  for (const entry of entries.toSorted(
    (one, other) => other.lines.length - one.lines.length || Number(other.isKnown) - Number(one.isKnown),
  )) {
    const at = lines.findIndex((line, index) => line.opensBlock && matches(lines, index, entry, taken));
    const first = lines[at];
    if (!first || entry.lines.length === 0) continue;
    places.set(entry.id, first.start);
    for (const line of lines.slice(at, at + entry.lines.length)) taken.add(line);
  }
  return places;
}

/** Before the end of the messages, or before the footer of a record that has no such end. */
export function closingPlace(lines: readonly BodyLine[], kind: Conversation["kind"]): number | undefined {
  if (kind !== "SMS")
    return lines.findLast(({ text, inItem }) => !inItem && text.startsWith("--- Created via "))?.start;
  const at = lines.findLastIndex(({ text, inItem }) => !inItem && text === "END");
  const rule = lines[at - 1];
  return rule && !rule.inItem && /^-{3,}$/.test(rule.text) ? rule.start : lines[at]?.start;
}

/** Writes the number of messages anew where it stands. */
export function countSplices(body: string, lines: readonly BodyLine[], count: number): Splice[] {
  const line = lines.findLast(({ text, inItem }) => !inItem && /^Conversation\(\d+ messages?\)$/.test(text));
  const match = line && /(Conversation\()(\d+) messages?\)/.exec(body.slice(line.start, line.end));
  if (!match) return [];
  const [, before = "", digits = ""] = match;
  const start = line.start + match.index + before.length;
  return [{ start, end: start + digits.length, text: String(count) }];
}

/** An entry that begins in an item ends in it. */
function matches(lines: readonly BodyLine[], at: number, entry: SoughtEntry, taken: ReadonlySet<BodyLine>): boolean {
  return entry.lines.every(({ text }, index) => {
    const line = lines[at + index];
    if (line === undefined || line.text !== text || taken.has(line)) return false;
    return index === 0 || (line.inItem === lines[at]?.inItem && !(line.inItem && line.opensBlock));
  });
}
