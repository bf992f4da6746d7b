/** The ledger's table: what we owe a CRM, what we last wrote there, and when to try again. Knows SQL and sealing, no rules. */

import { type Selectable, sql } from "kysely";
import type { ErrorCode } from "../sdk/errors.ts";
import type { Database } from "./database.ts";
import { type EntryKey, entryUnder } from "./entry-places.ts";
import { createEntryRows, ENTRY_COLUMNS, NEW_ENTRY_COLUMNS } from "./entry-rows.ts";
import type { JsonObject } from "./json.ts";
import { keptQuery } from "./kept-query.ts";
import {
  loggedAmong,
  type LoggedMessage,
  type LoggedMessages,
  loggedMessagesIn,
  type MessageOwner,
} from "./logged-messages.ts";
import { createLookUp } from "./look-up.ts";
import type { EntryKind, EntryState, LogEntryTable } from "./schema.ts";
import { createInsertion, createUpdateIf } from "./row-writes.ts";
import type { Vault } from "./vault.ts";

export interface LogEntry {
  id: string;
  userId: string;
  kind: EntryKind;
  sourceKey: string;
  contactId: string;
  state: EntryState;
  wanted: JsonObject | undefined;
  wantedVersion: number;
  written: JsonObject | undefined;
  writtenVersion: number;
  /** What was sent, as long as it is not known whether it arrived. */
  sent: JsonObject | undefined;
  sentVersion: number;
  logId: string | undefined;
  attempts: number;
  nextAttemptAt: number | undefined;
  holdUntil: number | undefined;
  leaseUntil: number | undefined;
  owedSince: number;
  lastError: string | undefined;
  lastErrorCode: string | undefined;
  createdAt: number;
}

/** An entry without its content: what a list or a look-up by id needs. */
export type EntryReference = Pick<LogEntry, "id" | "sourceKey" | "contactId" | "state" | "logId">;

export interface EntryChange {
  state?: EntryState;
  wanted?: JsonObject | undefined;
  wantedVersion?: number;
  written?: JsonObject | undefined;
  writtenVersion?: number;
  sent?: JsonObject | undefined;
  sentVersion?: number;
  logId?: string;
  attempts?: number;
  nextAttemptAt?: number | undefined;
  holdUntil?: number | undefined;
  leaseUntil?: number | undefined;
  owedSince?: number;
  lastError?: string | undefined;
  lastErrorCode?: string | undefined;
  contactId?: string;
  writtenAt?: number;
}

export interface NewEntry extends Omit<EntryKey, "orKey"> {
  contactId: string;
  wanted: JsonObject;
  /** On its way at once. */
  begins: Pick<LogEntry, "state" | "attempts" | "nextAttemptAt" | "leaseUntil" | "sent" | "sentVersion">;
}

export interface LogEntryStore {
  /** Everything inside happens in one transaction, or not at all. */
  inTransaction<T>(work: (entries: EntriesInTransaction) => Promise<T>): Promise<T>;
  /** One new entry, and nothing else. Undefined where there is one of this key already. */
  insert(entry: NewEntry): Promise<LogEntry | undefined>;
  /**
   * Changes an entry that is being sent, if this very sending still counts and nothing newer is wanted by now; undefined where
   * that is not so. `durably: false` where a power cut may undo it.
   */
  settle(entry: LogEntry, change: EntryChange, durably: boolean): Promise<LogEntry | undefined>;
  renewLease(id: string, until: number): Promise<void>;
  get(id: string): Promise<LogEntry | undefined>;
  references(userId: string, kind: EntryKind, sourceKeys: readonly string[]): Promise<EntryReference[]>;
  /** Of whoever shares them. */
  sharedReferences(sharedLogId: string, kind: EntryKind, sourceKeys: readonly string[]): Promise<EntryReference[]>;
  /** Which of these are logged, in whichever conversations. */
  logged(owner: MessageOwner, messageIds: readonly string[]): Promise<LoggedMessage[]>;
  /** Entries whose next attempt is due, or whose sender died; the longest waiting first, those of some users left out. */
  due(now: number, limit: number, exceptUsers: readonly string[]): Promise<{ id: string; userId: string }[]>;
  /** Makes due at once what waits for one of these reasons, but for what the CRM asked us to hold back. */
  wake(userId: string, reasons: readonly ErrorCode[]): Promise<void>;
  /** Forgets the content of entries written before `writtenBefore`; the pair of ids stays. */
  dropContent(writtenBefore: number): Promise<void>;
}

export interface EntriesInTransaction extends LoggedMessages {
  /** Holds the entry until the transaction ends. */
  get(id: string): Promise<LogEntry | undefined>;
  /** Holds the entry until the transaction ends; that of a colleague who is gone becomes the user's own. */
  byKey(key: EntryKey): Promise<LogEntry | undefined>;
  /** Undefined where another process has just inserted an entry of this key: `byKey` then finds it. */
  insert(entry: NewEntry): Promise<LogEntry | undefined>;
  update(entry: LogEntry, change: EntryChange): Promise<LogEntry>;
}

const REFERENCE_COLUMNS = ["id", "source_key", "contact_id", "state", "log_id"] as const;
type EntryReferenceRow = Pick<Selectable<LogEntryTable>, (typeof REFERENCE_COLUMNS)[number]>;

export function createLogEntryStore({ database, vault }: { database: Database; vault: Vault }): LogEntryStore {
  const { db, relaxedDb, dialect } = database;
  const stored = createEntryRows(vault);
  // A telephone that rings asks for one session, a list on the screen for all that it shows.
  const referencesTo = createLookUp<EntryReferenceRow>(database, {
    table: "log_entries",
    keyColumns: ["user_id", "kind", "source_key"],
    columns: REFERENCE_COLUMNS,
  });
  const referencesAmong = keptQuery(
    db,
    db
      .selectFrom("log_entries")
      .select(REFERENCE_COLUMNS)
      .where("user_id", "=", "")
      .where("kind", "=", "call")
      .where(dialect.isAmong("source_key", []))
      .compile(),
  );

  // Calls end, and are answered by CRMs, at the same moment.
  const table = { database, table: "log_entries", columns: ENTRY_COLUMNS, identity: ["id"] } as const;
  // The user's own of this key, or that of somebody who shares it.
  const conflict = sql`do nothing`;
  const insertNew = createInsertion({ ...table, db, columns: NEW_ENTRY_COLUMNS, conflict });
  const settleDurably = createUpdateIf({ ...table, db });
  const settleRelaxed = createUpdateIf({ ...table, db: relaxedDb });

  function within(transaction: Database["db"]): EntriesInTransaction {
    const byId = (id: string) => transaction.selectFrom("log_entries").selectAll().where("id", "=", id);
    return {
      async get(id) {
        const row = await dialect.locking(byId(id)).executeTakeFirst();
        return row && stored.entryOf(row);
      },

      async byKey(key) {
        const row = await entryUnder(transaction, dialect, key);
        return row && stored.entryOf(row);
      },

      async insert(wanted) {
        const entry = stored.newEntry(wanted);
        const row = await transaction
          .insertInto("log_entries")
          .values(stored.newRow(entry, wanted.sharedLogId))
          .onConflict((already) => already.doNothing())
          .returning("id")
          .executeTakeFirst();
        return row && entry;
      },

      async update(entry, change) {
        await transaction
          .updateTable("log_entries")
          .set(stored.changedColumns(entry, change))
          .where("id", "=", entry.id)
          .execute();
        return { ...entry, ...change };
      },

      ...loggedMessagesIn(transaction, dialect),
    };
  }

  return {
    inTransaction: (work) => db.transaction().execute((transaction) => work(within(transaction))),
    async insert(wanted) {
      const entry = stored.newEntry(wanted);
      return (await insertNew(stored.newRow(entry, wanted.sharedLogId))) ? entry : undefined;
    },
    async settle(entry, change, durably) {
      const { id, attempts, sentVersion, wantedVersion } = entry;
      const as = { id, state: "sending", attempts, sent_version: sentVersion, wanted_version: wantedVersion };
      const isAsItWas = await (durably ? settleDurably : settleRelaxed)(stored.changedColumns(entry, change), as);
      return isAsItWas ? { ...entry, ...change } : undefined;
    },

    async get(id) {
      const row = await db.selectFrom("log_entries").selectAll().where("id", "=", id).executeTakeFirst();
      return row && stored.entryOf(row);
    },

    async renewLease(id, until) {
      await db
        .updateTable("log_entries")
        .set({ lease_until: until, next_attempt_at: until })
        .where("id", "=", id)
        .where("state", "=", "sending")
        .execute();
    },

    async references(userId, kind, sourceKeys) {
      const [key, ...others] = sourceKeys;
      const rows =
        key !== undefined && others.length === 0
          ? await referencesTo([userId, kind, key])
          : await referencesAmong(userId, kind, JSON.stringify(sourceKeys));
      return rows.map(referenceOf);
    },

    async sharedReferences(sharedLogId, kind, sourceKeys) {
      const rows = await db
        .selectFrom("log_entries")
        .select(REFERENCE_COLUMNS)
        .where("shared_log_id", "=", sharedLogId)
        .where("kind", "=", kind)
        .where(dialect.isAmong("source_key", sourceKeys))
        .execute();
      return rows.map(referenceOf);
    },

    logged: (owner, messageIds) => loggedAmong(db, dialect, owner, messageIds),

    async due(now, limit, exceptUsers) {
      const dueNow = db
        .selectFrom("log_entries")
        .select(["id", "user_id"])
        .where("next_attempt_at", "<=", now)
        .$if(exceptUsers.length > 0, (query) => query.where("user_id", "not in", exceptUsers))
        .orderBy("next_attempt_at")
        .limit(limit);
      // What another process is taking at this very moment is left to it.
      const rows = await dialect.lockingOrSkipping(dueNow).execute();
      return rows.map((row) => ({ id: row.id, userId: row.user_id }));
    },

    async wake(userId, reasons) {
      const now = Date.now();
      await db
        .updateTable("log_entries")
        .set({ next_attempt_at: now })
        .where("user_id", "=", userId)
        .where("state", "in", ["pending", "uncertain"])
        .where("next_attempt_at", ">", now)
        .where("last_error_code", "in", reasons)
        .where((entry) => entry.or([entry("hold_until", "is", null), entry("hold_until", "<=", now)]))
        .execute();
      await dialect.wakeWorkers(db);
    },

    async dropContent(writtenBefore) {
      await db
        .updateTable("log_entries")
        .set({ wanted: null, written: null })
        .where("state", "=", "written")
        .where("written_at", "<", writtenBefore)
        .where("wanted", "is not", null)
        .execute();
    },
  };
}

function referenceOf(row: EntryReferenceRow): EntryReference {
  return {
    id: row.id,
    sourceKey: row.source_key,
    contactId: row.contact_id,
    state: row.state,
    logId: row.log_id ?? undefined,
  };
}
