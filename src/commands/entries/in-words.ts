/** Entries in the words of a terminal: short ids, spans of time, and nothing that a terminal would obey. */

import { waitsForAPerson } from "../../core/ledger/by-hand.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";

const SHORT_ID = 8;

/** The end of an id: it begins with the time, which all that came together share. */
export function shortId(id: string): string {
  return id.slice(-SHORT_ID);
}

/** Names and reasons come from clients and CRMs: control and formatting characters would move the cursor or worse. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}

const UNITS: readonly [name: string, ms: number][] = [
  ["d", 24 * 60 * 60 * 1000],
  ["h", 60 * 60 * 1000],
  ["min", 60 * 1000],
  ["s", 1000],
];

/** "3 min": the largest unit that fits. */
export function span(ms: number): string {
  const [name, unit] = UNITS.find(([, size]) => ms >= size) ?? ["s", 1000];
  return `${Math.floor(Math.max(0, ms) / unit)} ${name}`;
}

/** When something happens next without anybody's doing. */
export function nextStepOf(entry: ListedEntry, now: number): string {
  if (entry.state === "sending") {
    return (entry.leaseUntil ?? 0) < now ? "now: its sender died" : "being written";
  }
  if (waitsForAPerson(entry)) return "waits for you";
  if (entry.state === "written" || entry.state === "dropped" || entry.nextAttemptAt === undefined) return "never";
  return entry.nextAttemptAt <= now ? "now" : `in ${span(entry.nextAttemptAt - now)}`;
}

/** What the state means for the CRM. */
export function meaningOf(entry: ListedEntry, now: number): string {
  switch (entry.state) {
    case "pending":
      return entry.logId === undefined
        ? "accepted, not in the CRM yet"
        : "in the CRM, but not with its newest content yet";
    case "sending":
      return "an attempt is under way";
    case "uncertain":
      return nextStepOf(entry, now) === "waits for you"
        ? "it may be in the CRM or not, and only a person can find out"
        : "it may be in the CRM or not; it is looked for before anything is written";
    case "refused":
      return "the CRM did not take it, and it will not be tried again by itself";
    case "written":
      return "in the CRM";
    case "dropped":
      return "given up";
  }
}
