/**
 * The write ledger: what is accepted is recorded first, then delivered, then settled. One CRM record per entry, whatever
 * is posted how often, however parallel, and whoever dies in between (docs/architecture.md, "The ledger").
 */

import { asTrunklineError } from "../../sdk/errors.ts";
import type { EntryKey } from "../../store/entry-places.ts";
import type { LogEntry, LogEntryStore } from "../../store/log-entries.ts";
import type { LogAttempted, Observations } from "../observations.ts";
import { claim, type Claimed, createAcceptance, type Decide } from "./acceptance.ts";
import { type AttemptDependencies, createAttempt } from "./attempt.ts";
import { LEASE_MS } from "./entry-changes.ts";
import { createOutages } from "./outages.ts";
import type { WantedEntry } from "./record-writer.ts";
import { settle } from "./settlement.ts";

const LEASE_RENEWAL_MS = 3_000;
/** How long, and how often, an attempt of another process is watched. */
const WAIT_FOR_OTHERS_MS = 8_000;
const LOOK_AT_OTHERS_EVERY_MS = 150;

export interface Submitted {
  /** As it was accepted: durable. */
  entry: LogEntry;
  /** How it stands after an attempt to get it into the CRM. */
  delivery: Promise<LogEntry>;
}

export interface Ledger {
  /**
   * Commits what we owe before the CRM hears of it, and begins to deliver. Answers undefined where there is no entry and none is
   * wanted.
   */
  submit(key: EntryKey, decide: Decide): Promise<Submitted | undefined>;
  /** Tries to get the entry's newest content into the CRM, once; joins an attempt that is under way with it. Never throws for the CRM's failures: they stand in the entry. */
  deliver(entry: Pick<LogEntry, "id" | "wantedVersion">): Promise<LogEntry>;
  /** Waits for attempts under way. */
  idle(): Promise<void>;
}

export interface LedgerDependencies extends AttemptDependencies {
  entries: LogEntryStore;
  observations: Observations;
}

export function createLedger(dependencies: LedgerDependencies): Ledger {
  const { entries, onUnforeseen, observations } = dependencies;
  const attemptAt = createAttempt(dependencies);
  const outages = createOutages({ entries });
  const underWay = new Map<string, Promise<LogEntry>>();
  const submitting = new Map<string, Promise<unknown>>();
  const accept = createAcceptance({ entries, isUnderWay: (entryId) => underWay.has(entryId) });

  async function attempt(entryId: string): Promise<LogEntry> {
    const claimed = await entries.inTransaction((inside) => claim(inside, entryId));
    return claimed.taken ? send(claimed) : afterTheOther(claimed.entry);
  }

  async function send({ entry, isUnsure }: Claimed): Promise<LogEntry> {
    const startedAt = performance.now();
    const settled = await underLease(entry.id, async () => settle(entries, entry, await attemptAt(entry, isUnsure)));
    const told = attempted(entry, isUnsure, settled, performance.now() - startedAt);
    observations.report(told);
    // What came of the attempt stands, whether or not others can be woken now.
    await outages.learn(told).catch((thrown: unknown) => onUnforeseen(asTrunklineError(thrown), entry.id));
    // What was unsure is known now: what is still owed need not wait for the worker.
    return isUnsure && isDue(settled) ? attempt(entry.id) : settled;
  }

  async function underLease<T>(entryId: string, attempting: () => Promise<T>): Promise<T> {
    const keepLease = setInterval(() => {
      entries
        .renewLease(entryId, Date.now() + LEASE_MS)
        .catch((thrown: unknown) => onUnforeseen(asTrunklineError(thrown), entryId));
    }, LEASE_RENEWAL_MS);
    try {
      return await attempting();
    } finally {
      clearInterval(keepLease);
    }
  }

  /** Another process is at it: its outcome is ours, as long as it lives and a person would wait. */
  async function afterTheOther(entry: LogEntry): Promise<LogEntry> {
    const until = Date.now() + WAIT_FOR_OTHERS_MS;
    let present = entry;
    while (present.state === "sending" && (present.leaseUntil ?? 0) > Date.now() && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AT_OTHERS_EVERY_MS));
      present = await known(entry.id);
    }
    return present;
  }

  async function known(entryId: string): Promise<LogEntry> {
    const entry = await entries.get(entryId);
    if (entry === undefined) throw new Error(`There is no ledger entry ${entryId}.`);
    return entry;
  }

  async function deliver(wanted: Pick<LogEntry, "id" | "wantedVersion">): Promise<LogEntry> {
    const other = underWay.get(wanted.id);
    if (other !== undefined) {
      const entry = await other;
      // Newer content than it sent is still owed.
      return entry.wantedVersion < wanted.wantedVersion || isDue(entry) ? deliver(wanted) : entry;
    }
    return keeping(wanted.id, attempt(wanted.id));
  }

  /** Known as under way until it ends. */
  function keeping(entryId: string, attempting: Promise<LogEntry>): Promise<LogEntry> {
    const kept = attempting.finally(() => {
      if (underWay.get(entryId) === kept) underWay.delete(entryId);
    });
    underWay.set(entryId, kept);
    return kept;
  }

  /** Submissions of one key one after another: none waits for the database to tell it of another in this very process. */
  async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = submitting.get(key);
    const own = (before ?? Promise.resolve()).catch(() => undefined).then(work);
    submitting.set(key, own);
    try {
      return await own;
    } finally {
      if (submitting.get(key) === own) submitting.delete(key);
    }
  }

  return {
    submit: (key, decide) =>
      inTurn(JSON.stringify([key.sharedLogId ?? key.userId, key.kind, key.sourceKey]), async () => {
        const accepted = await accept(key, decide);
        if (accepted === undefined) return undefined;
        const { entry, claimed } = accepted;
        return { entry, delivery: claimed === undefined ? deliver(entry) : keeping(entry.id, send(claimed)) };
      }),
    deliver,
    idle: async () => {
      await Promise.allSettled(underWay.values());
    },
  };
}

function isDue({ state, nextAttemptAt }: LogEntry): boolean {
  return state === "pending" && (nextAttemptAt ?? Infinity) <= Date.now();
}

function attempted(entry: WantedEntry, isUnsure: boolean, settled: LogEntry, milliseconds: number): LogAttempted {
  const { id: entryId, userId, kind, sourceKey, attempts: attempt, sentVersion: version } = entry;
  const aim = entry.logId !== undefined ? "update" : isUnsure ? "look" : "create";
  const { contactId, state, logId, lastError: reason, lastErrorCode: code } = settled;
  const identity = { at: Date.now(), userId, entryId, kind, sourceKey, contactId };
  return { what: "log attempted", ...identity, aim, version, attempt, state, logId, reason, code, milliseconds };
}
