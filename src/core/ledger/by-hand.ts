/** What a person may do with an entry: ask for it again, say what they found in the CRM, or give it up. */

import type { EntryChange, LogEntry, LogEntryStore } from "../../store/log-entries.ts";
import { markerOf } from "./record-writer.ts";

/** What a person found in the CRM: the record under this id, or none. */
export type Finding = { logId: string } | "no record";

/** What becomes of an entry, or why nothing does, in words. */
export type Decision = { change: EntryChange } | { refusal: string };

export interface EntriesByHand {
  retry(id: string, finding: Finding | undefined): Promise<{ entry: LogEntry } | { refusal: string }>;
  /** In one transaction; answers how many are due now. */
  retryAll(ids: readonly string[]): Promise<number>;
  drop(id: string): Promise<{ entry: LogEntry } | { refusal: string }>;
}

export function createEntriesByHand({
  entries,
  wakeWorkers,
}: {
  entries: LogEntryStore;
  /** Tells them that something is due. */
  wakeWorkers(): Promise<void>;
}): EntriesByHand {
  return {
    async retry(id, finding) {
      const retried = await entries.inTransaction(async (inside) => {
        const entry = await inside.get(id);
        if (entry === undefined) return { refusal: GONE };
        const decision = asked(entry, finding, Date.now());
        return "refusal" in decision ? decision : { entry: await inside.update(entry, decision.change) };
      });
      await wakeWorkers();
      return retried;
    },

    async retryAll(ids) {
      const retried = await entries.inTransaction(async (inside) => {
        let count = 0;
        for (const id of ids) {
          const entry = await inside.get(id);
          const decision = entry && asked(entry, undefined, Date.now());
          if (entry === undefined || decision === undefined || "refusal" in decision) continue;
          await inside.update(entry, decision.change);
          count += 1;
        }
        return count;
      });
      await wakeWorkers();
      return retried;
    },

    drop: (id) =>
      entries.inTransaction(async (inside) => {
        const entry = await inside.get(id);
        if (entry === undefined) return { refusal: GONE };
        const decision = givenUp(entry, Date.now());
        if ("refusal" in decision) return decision;
        if (entry.logId === undefined) await inside.forgetMessages(id);
        return { entry: await inside.update(entry, decision.change) };
      }),
  };
}

const GONE = "The entry is not there any more.";

/** Makes an entry due. What the CRM asked us to wait for stays respected. */
export function asked(entry: LogEntry, finding: Finding | undefined, now: number): Decision {
  const refusal = settled(entry, now);
  if (refusal !== undefined) return { refusal };
  const nextAttemptAt = Math.max(now, entry.holdUntil ?? 0);
  const afresh = { nextAttemptAt, leaseUntil: undefined, attempts: 0, owedSince: now };
  if (finding !== undefined) {
    if (!mayBeThere(entry, now)) {
      return { refusal: "It is known whether the record is in the CRM: this entry is asked for without saying so." };
    }
    const forgotten = { lastError: undefined, lastErrorCode: undefined };
    if (finding === "no record") return { change: { ...afresh, ...forgotten, state: "pending", sent: undefined } };
    // What stands there is not known: an update merges what we owe into it, without a known base.
    const { logId } = finding;
    const unknown = { written: undefined, writtenVersion: 0, sent: undefined };
    return { change: { ...afresh, ...forgotten, ...unknown, state: "pending", logId } };
  }
  if (waitsForAPerson(entry)) {
    return {
      refusal: `It is not known whether the record was created, and this CRM cannot be asked. Look there for ${markerOf(entry)} or for the log itself, and say what you found.`,
    };
  }
  if (entry.state === "refused") return { change: { ...afresh, state: "pending" } };
  // A look for our marker harms nobody, however early.
  return { change: entry.state === "uncertain" ? { ...afresh, nextAttemptAt: now } : { nextAttemptAt } };
}

/**
 * Gives an entry up for good: its content is forgotten. A call that is posted again is answered with the reason; a
 * conversation begins anew, and looks for its record first where there may be one.
 */
export function givenUp(entry: LogEntry, now: number): Decision {
  const refusal = settled(entry, now);
  if (refusal !== undefined) return { refusal };
  return {
    change: {
      state: entry.kind === "message" && mayBeThere(entry, now) ? "uncertain" : "refused",
      wanted: undefined,
      written: undefined,
      writtenVersion: 0,
      sent: undefined,
      nextAttemptAt: undefined,
      leaseUntil: undefined,
      lastError: "This log was given up by an administrator.",
      lastErrorCode: undefined,
    },
  };
}

/** Whether only a person can find out if the record is there. */
export function waitsForAPerson(entry: Pick<LogEntry, "nextAttemptAt" | "lastErrorCode"> & { state: string }): boolean {
  return entry.state === "uncertain" && entry.nextAttemptAt === undefined && entry.lastErrorCode === "unsupported";
}

/** Why there is nothing to be done with it. */
function settled(entry: LogEntry, now: number): string | undefined {
  if (entry.state === "written") return `It is in the CRM already, as ${entry.logId ?? "a record without an id"}.`;
  if (entry.state === "sending" && !senderDied(entry, now)) return "It is being written at this moment.";
  if (entry.wanted === undefined) return "Its content is gone: there is nothing left to write.";
  return undefined;
}

/** An earlier attempt may have created the record. */
function mayBeThere(entry: LogEntry, now: number): boolean {
  return entry.logId === undefined && (entry.state === "uncertain" || senderDied(entry, now));
}

function senderDied({ state, leaseUntil }: LogEntry, now: number): boolean {
  return state === "sending" && (leaseUntil ?? 0) < now;
}
