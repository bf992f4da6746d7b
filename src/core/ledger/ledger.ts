/**
 * The write ledger: what is accepted is recorded first, then delivered, then settled. One CRM record per entry, whatever
 * is posted how often, however parallel, and whoever dies in between (docs/architecture.md, "The ledger").
 */

import { asTrunklineError, TrunklineError } from "../../sdk/errors.ts";
import type { JsonObject } from "../../store/json.ts";
import type { EntryChange, EntriesInTransaction, LogEntry, LogEntryStore } from "../../store/log-entries.ts";
import type { EntryKind } from "../../store/schema.ts";
import { afterDeath, afterFailure, needsAPerson, owing, stands, written } from "./entry-changes.ts";
import type { CrmReach, RecordWriter, WantedEntry } from "./record-writer.ts";

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
    const { entry, isUnsure } = claimed;
    const settled = await underLease(entryId, async () => settle(entry, await work(entry, isUnsure)));
    // What was unsure is known now: what is still owed need not wait for the worker.
    return isUnsure && isDue(settled) ? attempt(entryId) : settled;
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

  /** Talks to the CRM and says how the entry changes. */
  async function work(entry: WantedEntry, isUnsure: boolean): Promise<EntryChange> {
    const writer = writers[entry.kind];
    try {
      const crm = await reach(entry.userId);
      if (entry.logId !== undefined) return await update(crm, writer, entry, entry.logId);
      return isUnsure ? await look(crm, writer, entry) : await create(crm, writer, entry);
    } catch (thrown) {
      const failure = asTrunklineError(thrown);
      if (failure.code === "unforeseen") onUnforeseen(failure, entry.id);
      return afterFailure(entry, failure, isUnsure);
    }
  }

  async function settle(entry: WantedEntry, change: EntryChange): Promise<LogEntry> {
    return entries.inTransaction(async (inside) => {
      const present = (await inside.get(entry.id)) ?? entry;
      // Taken for dead while it did nothing for long: whoever took over knows more.
      const isOurs = present.attempts === entry.attempts && present.sentVersion === entry.sentVersion;
      if (present.state !== "sending" || !isOurs) return present;
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
      // Newer content than it sent is still owed.
      return entry.wantedVersion < wanted.wantedVersion || isDue(entry) ? deliver(wanted) : entry;
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
      /** What is wanted of it is what this attempt sends. */
      entry: WantedEntry;
      /** An earlier attempt may have written this very content: it is brought to an end before anything newer is sent. */
      isUnsure: boolean;
    };

/** Takes an entry for one attempt, unless there is nothing to do, somebody is at it already, or it must not be written yet. */
async function claim(inside: EntriesInTransaction, entryId: string): Promise<Claim> {
  const now = Date.now();
  const found = await inside.get(entryId);
  if (found === undefined) throw new Error(`There is no ledger entry ${entryId}.`);
  const senderDied = found.state === "sending" && (found.leaseUntil ?? 0) < now;
  const entry = senderDied ? await inside.update(found, afterDeath(found)) : found;
  const isOpen = entry.state === "pending" || entry.state === "uncertain";
  const isUnsure = entry.state === "uncertain" || entry.sent !== undefined;
  const mayLook = isUnsure && entry.logId === undefined;
  const isHeld = !mayLook && (entry.holdUntil ?? 0) > now;
  if (!isOpen || isHeld || entry.wanted === undefined) return { taken: false, entry };
  const sending = await inside.update(entry, {
    state: "sending",
    attempts: entry.attempts + 1,
    leaseUntil: now + LEASE_MS,
    ...(isUnsure ? {} : { sent: entry.wanted, sentVersion: entry.wantedVersion }),
  });
  return { taken: true, entry: { ...sending, wanted: sending.sent ?? entry.wanted }, isUnsure };
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
  if (failure.code !== "unforeseen") return failure;
  return new TrunklineError(failure.code, failure.userMessage, { ...failure.facts, mayHaveWritten: true });
}

function isDue({ state, nextAttemptAt }: LogEntry): boolean {
  return state === "pending" && (nextAttemptAt ?? Infinity) <= Date.now();
}
