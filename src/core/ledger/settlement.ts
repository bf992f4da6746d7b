/** Writes down what came of an attempt, unless somebody else has been at the entry meanwhile. */

import type { EntriesInTransaction, EntryChange, LogEntry, LogEntryStore } from "../../store/log-entries.ts";
import type { Outcome } from "./attempt.ts";
import type { WantedEntry } from "./record-writer.ts";

export async function settle(entries: LogEntryStore, entry: WantedEntry, outcome: Outcome): Promise<LogEntry> {
  const change: EntryChange = { ...outcome.change, leaseUntil: undefined };
  // An outcome that a power cut undoes is found again by looking for the marker.
  const settled = await entries.settle(entry, owedStill(entry, entry, change), !outcome.canLook);
  return settled ?? entries.inTransaction((inside) => settleLate(inside, entry, change));
}

/** Somebody else was at the entry while this attempt was. */
async function settleLate(inside: EntriesInTransaction, entry: WantedEntry, change: EntryChange): Promise<LogEntry> {
  const present = (await inside.get(entry.id)) ?? entry;
  // Taken for dead while it did nothing for long: whoever took over knows more.
  const isOurs = present.attempts === entry.attempts && present.sentVersion === entry.sentVersion;
  if (present.state !== "sending" || !isOurs) return present;
  return inside.update(present, owedStill(present, entry, change));
}

/**
 * Where content that is newer than what was sent is wanted, that version is still owed, whatever became of this one; but
 * where the CRM does not even let us find out what became of it, the newer is refused with it.
 */
function owedStill(present: LogEntry, attempted: WantedEntry, change: EntryChange): EntryChange {
  const isFateUnknown = { ...attempted, ...change }.sent !== undefined;
  const isSettled = change.state === "written" || (change.state === "refused" && !isFateUnknown);
  if (!isSettled || present.wantedVersion <= (change.writtenVersion ?? attempted.sentVersion)) return change;
  const now = Date.now();
  return { ...change, state: "pending", nextAttemptAt: now, owedSince: now };
}
