/**
 * The write ledger: what is accepted is recorded first, then delivered, then settled. One CRM record per entry, whatever
 * is posted how often, however parallel, and whoever dies in between (docs/architecture.md, "The ledger").
 */

import type { LogReference } from "../../sdk/connector.ts";
import { asTrunklineError, type TrunklineError } from "../../sdk/errors.ts";
import type { JsonObject } from "../../store/json.ts";
import type { EntryChange, EntriesInTransaction, LogEntry, LogEntryStore } from "../../store/log-entries.ts";
import type { EntryKind } from "../../store/schema.ts";
import type { CrmReach, RecordWriter, WantedEntry } from "./record-writer.ts";
import { nextStep } from "./retry-policy.ts";

/** Short, so that a dead sender's entries are taken over soon; renewed while an attempt is under way. */
const LEASE_MS = 10_000;
const LEASE_RENEWAL_MS = 3_000;
/** How long, and how often, an attempt of another process is watched. */
const WAIT_FOR_OTHERS_MS = 8_000;
const LOOK_AT_OTHERS_EVERY_MS = 150;

/** What an entry shall say from now on. */
export interface Intent {
  contactId: string;
  wanted: JsonObject;
  /** Messages that this content adds to a conversation. */
  messageIds?: readonly string[];
}

export interface Ledger {
  /**
   * Commits what we owe before the CRM hears of it. `decide` sees the present entry and answers what it shall say, or
   * undefined for no change. Answers undefined where there is no entry and none is wanted.
   */
  accept(
    key: { userId: string; kind: EntryKind; sourceKey: string },
    decide: (
      present: LogEntry | undefined,
      entries: EntriesInTransaction,
    ) => Promise<Intent | undefined> | Intent | undefined,
  ): Promise<LogEntry | undefined>;
  /** Tries to get the entry's newest content into the CRM, once; joins an attempt that is under way with it. Never throws for the CRM's failures: they stand in the entry. */
  deliver(entry: Pick<LogEntry, "id" | "wantedVersion">): Promise<LogEntry>;
  /** Waits for attempts under way. */
  idle(): Promise<void>;
}

export interface LedgerDependencies {
  entries: LogEntryStore;
  writers: Readonly<Record<EntryKind, RecordWriter>>;
  /** Fails with `not-connected` where the user has logged out. */
  reach(userId: string): Promise<CrmReach>;
  onUnforeseen(error: TrunklineError, entryId: string): void;
}

export function createLedger({ entries, writers, reach, onUnforeseen }: LedgerDependencies): Ledger {
  const underWay = new Map<string, Promise<LogEntry>>();

  async function attempt(entryId: string): Promise<LogEntry> {
    const claimed = await entries.inTransaction((inside) => claim(inside, entryId));
    if (!claimed.taken) return afterTheOther(claimed.entry);
    const { entry, mustLook, sentBefore } = claimed;
    const keepLease = setInterval(() => {
      entries
        .renewLease(entryId, Date.now() + LEASE_MS)
        .catch((thrown: unknown) => onUnforeseen(asTrunklineError(thrown), entryId));
    }, LEASE_RENEWAL_MS);
    try {
      return await settle(entry, await write(entry, mustLook, sentBefore));
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

  /** Talks to the CRM and says how the entry changes. */
  async function write(entry: WantedEntry, mustLook: boolean, sentBefore: number): Promise<EntryChange> {
    const writer = writers[entry.kind];
    let looking = mustLook;
    try {
      const crm = await reach(entry.userId);
      if (entry.logId !== undefined) return written(entry, entry.logId, await writer.update(crm, entry, entry.logId));
      if (looking) {
        if (!writer.canFind(crm)) return waitsForAPerson();
        const found = await writer.find(crm, entry);
        if (found !== undefined) return foundAgain(entry, found, sentBefore, writer.asWritten(crm, entry));
        if ((entry.holdUntil ?? 0) > Date.now()) return { state: "uncertain", nextAttemptAt: entry.holdUntil };
        looking = false;
      }
      try {
        const created = await writer.create(crm, entry);
        return stands(entry, created, created.written);
      } catch (thrown) {
        const failure = asTrunklineError(thrown);
        // The answer was lost: one look at once often finds the record while the person still waits.
        const found = failure.retry === "reconcile" ? await writer.find(crm, entry).catch(() => undefined) : undefined;
        if (found === undefined) throw failure;
        return stands(entry, found, writer.asWritten(crm, entry));
      }
    } catch (thrown) {
      const failure = asTrunklineError(thrown);
      if (failure.code === "unforeseen") onUnforeseen(failure, entry.id);
      return afterFailure(entry, failure, looking);
    }
  }

  async function settle(entry: WantedEntry, change: EntryChange): Promise<LogEntry> {
    return entries.inTransaction(async (inside) => {
      const present = (await inside.get(entry.id)) ?? entry;
      const settled: EntryChange = { ...change, leaseUntil: undefined };
      // Somebody changed the content while it was on its way: that version is still owed, whatever became of this one.
      const isSettled = change.state === "written" || change.state === "refused";
      if (isSettled && present.wantedVersion > (change.writtenVersion ?? entry.sentVersion)) {
        settled.state = "pending";
        settled.nextAttemptAt = Date.now();
        settled.owedSince = Date.now();
      }
      return inside.update(present, settled);
    });
  }

  async function deliver(wanted: Pick<LogEntry, "id" | "wantedVersion">): Promise<LogEntry> {
    const other = underWay.get(wanted.id);
    if (other !== undefined) {
      const entry = await other;
      return entry.sentVersion >= wanted.wantedVersion ? entry : deliver(wanted);
    }
    const own = attempt(wanted.id).finally(() => underWay.delete(wanted.id));
    underWay.set(wanted.id, own);
    return own;
  }

  return {
    accept: (key, decide) =>
      entries.inTransaction(async (inside) => {
        for (;;) {
          const present = await inside.byKey(key.userId, key.kind, key.sourceKey);
          const intent = await decide(present, inside);
          if (intent === undefined) return present;
          const accepted =
            present === undefined
              ? await inside.insert({ ...key, contactId: intent.contactId, wanted: intent.wanted })
              : await inside.update(present, owing(present, intent));
          // Another process was faster with the same key: its entry stands now, and the decision is taken again.
          if (accepted === undefined) continue;
          if (intent.messageIds?.length) await inside.addMessages(accepted.id, intent.messageIds);
          return accepted;
        }
      }),
    deliver,
    idle: async () => {
      await Promise.allSettled(underWay.values());
    },
  };
}

type Claim =
  | { taken: false; entry: LogEntry }
  | {
      taken: true;
      entry: WantedEntry;
      /** An earlier attempt may have created the record. */
      mustLook: boolean;
      /** The version that the earlier attempt sent. */
      sentBefore: number;
    };

/** Takes an entry for one attempt, unless there is nothing to do, somebody is at it already, or it must not be written yet. */
async function claim(inside: EntriesInTransaction, entryId: string): Promise<Claim> {
  const entry = await inside.get(entryId);
  if (entry === undefined) throw new Error(`There is no ledger entry ${entryId}.`);
  const now = Date.now();
  const senderDied = entry.state === "sending" && (entry.leaseUntil ?? 0) < now;
  const open = entry.state === "pending" || entry.state === "uncertain" || senderDied;
  const mustLook = entry.logId === undefined && (entry.state === "uncertain" || senderDied);
  const held = !mustLook && (entry.holdUntil ?? 0) > now;
  if (!open || held || entry.wanted === undefined) return { taken: false, entry };
  const sending = await inside.update(entry, {
    state: "sending",
    sentVersion: entry.wantedVersion,
    attempts: entry.attempts + 1,
    leaseUntil: now + LEASE_MS,
  });
  return { taken: true, entry: { ...sending, wanted: entry.wanted }, mustLook, sentBefore: entry.sentVersion };
}

/** New content for a known entry. What is uncertain or on its way stays so; the rest is due at once. */
function owing(present: LogEntry, intent: Intent): EntryChange {
  const settled = present.state === "written" || present.state === "refused";
  return {
    wanted: intent.wanted,
    wantedVersion: present.wantedVersion + 1,
    contactId: intent.contactId,
    nextAttemptAt: Math.max(Date.now(), present.holdUntil ?? 0),
    ...(settled ? { state: "pending", attempts: 0, owedSince: Date.now() } : {}),
  };
}

function written(entry: LogEntry, logId: string, content: JsonObject): EntryChange {
  return {
    state: "written",
    logId,
    written: content,
    writtenVersion: entry.sentVersion,
    writtenAt: Date.now(),
    attempts: 0,
    nextAttemptAt: undefined,
    holdUntil: undefined,
    lastError: undefined,
    lastErrorCode: undefined,
  };
}

/** The record is there; if not all that belongs to it is, an update, merged without a known base, finishes it. */
function stands(entry: LogEntry, { logId, unfinished }: LogReference, content: JsonObject): EntryChange {
  if (unfinished === undefined) return written(entry, logId, content);
  return { ...afterFailure({ ...entry, logId }, unfinished, false), logId, written: undefined, writtenVersion: 0 };
}

/** The record of an attempt whose answer was lost is there. Content that came later is still owed, and merged without a known base. */
function foundAgain(entry: LogEntry, found: LogReference, sentBefore: number, content: JsonObject): EntryChange {
  const change = stands(entry, found, content);
  if (sentBefore === entry.wantedVersion || change.state !== "written") return change;
  return { ...change, state: "pending", written: undefined, writtenVersion: 0, nextAttemptAt: Date.now() };
}

function waitsForAPerson(): EntryChange {
  return {
    state: "uncertain",
    nextAttemptAt: undefined,
    lastError: "It is not known whether the record was created, and this CRM cannot be asked. Please look there.",
    lastErrorCode: "crm-answer-lost",
  };
}

function afterFailure(entry: LogEntry, failure: TrunklineError, looking: boolean): EntryChange {
  const now = Date.now();
  const next = nextStep(failure, { attempts: entry.attempts, owedForMs: now - entry.owedSince, random: Math.random() });
  const why = { lastError: next.reason, lastErrorCode: failure.code };
  if (next.step === "give up") {
    // An entry that may have been written must not be taken for one that was not.
    return { ...why, state: looking ? "uncertain" : "refused", nextAttemptAt: undefined };
  }
  const unsure = looking || (next.step === "reconcile" && entry.logId === undefined);
  return {
    ...why,
    state: unsure ? "uncertain" : "pending",
    nextAttemptAt: now + next.afterMs,
    // A failed look says nothing new about the request that may still be at work.
    holdUntil: looking ? entry.holdUntil : now + next.holdMs,
  };
}
