/** One attempt to get an entry into the CRM: creates, updates or looks, and says how the entry changes. */

import { asTrunklineError, TrunklineError } from "../../sdk/errors.ts";
import type { EntryChange } from "../../store/log-entries.ts";
import type { EntryKind } from "../../store/schema.ts";
import { afterFailure, needsAPerson, stands, written } from "./entry-changes.ts";
import type { CrmReach, RecordWriter, WantedEntry } from "./record-writer.ts";

/** What came of an attempt. */
export interface Outcome {
  change: EntryChange;
  /** Whether the record could be found again by its marker. */
  canLook: boolean;
}

export interface AttemptDependencies {
  writers: Readonly<Record<EntryKind, RecordWriter>>;
  /** Fails with `not-connected` where the user has logged out. */
  reach(userId: string): Promise<CrmReach>;
  onUnforeseen(error: TrunklineError, entryId: string): void;
}

/** Never throws: what went wrong stands in the outcome. `isUnsure`: an earlier attempt may have written this very content. */
export function createAttempt({ writers, reach, onUnforeseen }: AttemptDependencies) {
  return async (entry: WantedEntry, isUnsure: boolean): Promise<Outcome> => {
    const writer = writers[entry.kind];
    let canLook = false;
    try {
      const crm = await reach(entry.userId);
      canLook = writer.canFind(crm);
      if (entry.logId !== undefined) return { change: await update(crm, writer, entry, entry.logId), canLook };
      return { change: await (isUnsure ? look : create)(crm, writer, entry), canLook };
    } catch (thrown) {
      const failure = asTrunklineError(thrown);
      if (failure.code === "unforeseen") onUnforeseen(failure, entry.id);
      return { change: afterFailure(entry, failure, isUnsure), canLook };
    }
  };
}

async function update(crm: CrmReach, writer: RecordWriter, entry: WantedEntry, logId: string): Promise<EntryChange> {
  try {
    return written(entry, logId, await writer.update(crm, entry, logId));
  } catch (thrown) {
    throw perhapsWritten(asTrunklineError(thrown));
  }
}

/** A new record. When the answer is lost, one look at once often finds it while the person still waits. */
async function create(crm: CrmReach, writer: RecordWriter, entry: WantedEntry): Promise<EntryChange> {
  try {
    const created = await writer.create(crm, entry);
    return stands(entry, created, created.written);
  } catch (thrown) {
    const failure = perhapsWritten(asTrunklineError(thrown));
    const found = failure.retry === "reconcile" ? await writer.find(crm, entry).catch(() => undefined) : undefined;
    if (found === undefined) throw failure;
    return stands(entry, found, writer.asWritten(crm, entry));
  }
}

/** Looks for the record that an earlier attempt may have created. Writes nothing. */
async function look(crm: CrmReach, writer: RecordWriter, entry: WantedEntry): Promise<EntryChange> {
  if (!writer.canFind(crm)) return needsAPerson();
  const found = await writer.find(crm, entry);
  if (found !== undefined) {
    return stands(entry, found, entry.sent === undefined ? undefined : writer.asWritten(crm, entry));
  }
  if ((entry.holdUntil ?? 0) > Date.now()) return { state: "uncertain", nextAttemptAt: entry.holdUntil };
  return { state: "pending", nextAttemptAt: Date.now(), sent: undefined };
}

/** A connector that stumbled may have done so after the CRM had written. */
function perhapsWritten(failure: TrunklineError): TrunklineError {
  if (failure.code !== "unforeseen" || failure.facts.mayHaveWritten === false) return failure;
  return new TrunklineError(failure.code, failure.userMessage, { ...failure.facts, mayHaveWritten: true });
}
