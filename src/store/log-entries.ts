/** The ledger's table: what we owe a CRM, what we last wrote there, and when to try again. Knows SQL and sealing, no rules. */

import { randomUUID } from "node:crypto";
import type { Selectable, Updateable } from "kysely";
import type { ErrorCode } from "../sdk/errors.ts";
import type { Database } from "./database.ts";
import { type EntryKey, entryUnder } from "./entry-places.ts";
import { type JsonObject, readJsonObject } from "./json.ts";
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

const NOTHING_YET = {
  state: "pending",
  wantedVersion: 1,
  written: undefined,
  writtenVersion: 0,
  sent: undefined,
  sentVersion: 0,
  logId: undefined,
  attempts: 0,
  holdUntil: undefined,
  leaseUntil: undefined,
  lastError: undefined,
  lastErrorCode: undefined,
} as const;

export function createLogEntryStore({ database, vault }: { database: Database; vault: Vault }): LogEntryStore {
  const { db, relaxedDb, dialect } = database;
  const place = (entryId: string, column: string) => JSON.stringify([entryId, `log_entries.${column}`]);
  const sealed = (entryId: string, column: string, content: JsonObject | undefined) =>
    content === undefined ? null : vault.seal(JSON.stringify(content), place(entryId, column));
  const opened = (entryId: string, column: string, content: string | null) =>
    content === null ? undefined : readJsonObject(vault.open(content, place(entryId, column)));

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

  function entryOf(row: Selectable<LogEntryTable>): LogEntry {
    return {
      id: row.id,
      userId: row.user_id,
      kind: row.kind,
      sourceKey: row.source_key,
      contactId: row.contact_id,
      state: row.state,
      wanted: opened(row.id, "wanted", row.wanted),
      wantedVersion: row.wanted_version,
      written: opened(row.id, "written", row.written),
      writtenVersion: row.written_version,
      sent: opened(row.id, "sent", row.sent),
      sentVersion: row.sent_version,
      logId: row.log_id ?? undefined,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at ?? undefined,
      holdUntil: row.hold_until ?? undefined,
      leaseUntil: row.lease_until ?? undefined,
      owedSince: row.owed_since,
      lastError: row.last_error ?? undefined,
      lastErrorCode: row.last_error_code ?? undefined,
      createdAt: row.created_at,
    };
  }

  function rowOf(entry: LogEntry, change: EntryChange): Updateable<LogEntryTable> {
    const row: Updateable<LogEntryTable> = { updated_at: Date.now() };
    if (change.state !== undefined) row.state = change.state;
    if (change.contactId !== undefined) row.contact_id = change.contactId;
    if ("wanted" in change) row.wanted = sealed(entry.id, "wanted", change.wanted);
    if (change.wantedVersion !== undefined) row.wanted_version = change.wantedVersion;
    if ("written" in change) row.written = sealed(entry.id, "written", change.written);
    if (change.writtenVersion !== undefined) row.written_version = change.writtenVersion;
    if ("sent" in change) row.sent = sealed(entry.id, "sent", change.sent);
    if (change.sentVersion !== undefined) row.sent_version = change.sentVersion;
    if (change.logId !== undefined) row.log_id = change.logId;
    if (change.attempts !== undefined) row.attempts = change.attempts;
    if (change.owedSince !== undefined) row.owed_since = change.owedSince;
    if (change.writtenAt !== undefined) row.written_at = change.writtenAt;
    if ("nextAttemptAt" in change) row.next_attempt_at = change.nextAttemptAt ?? null;
    if ("holdUntil" in change) row.hold_until = change.holdUntil ?? null;
    if ("leaseUntil" in change) row.lease_until = change.leaseUntil ?? null;
    if ("lastError" in change) row.last_error = change.lastError ?? null;
    if ("lastErrorCode" in change) row.last_error_code = change.lastErrorCode ?? null;
    return row;
  }

  async function insert(handle: Database["db"], { begins, ...identity }: NewEntry): Promise<LogEntry | undefined> {
    const now = Date.now();
    const times = { nextAttemptAt: now, owedSince: now, createdAt: now };
    const { sharedLogId, ...named } = identity;
    const entry: LogEntry = { ...NOTHING_YET, ...named, ...times, id: randomUUID(), ...begins };
    const { id } = entry;
    const row = await handle
      .insertInto("log_entries")
      .values({
        id,
        user_id: entry.userId,
        kind: entry.kind,
        source_key: entry.sourceKey,
        contact_id: entry.contactId,
        state: entry.state,
        wanted: sealed(id, "wanted", entry.wanted),
        wanted_version: entry.wantedVersion,
        written_version: entry.writtenVersion,
        sent: sealed(id, "sent", entry.sent),
        sent_version: entry.sentVersion,
        attempts: entry.attempts,
        next_attempt_at: entry.nextAttemptAt ?? null,
        lease_until: entry.leaseUntil ?? null,
        owed_since: now,
        created_at: now,
        updated_at: now,
        shared_log_id: sharedLogId ?? null,
      })
      // The user's own of this key, or that of somebody who shares it.
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    return row && entry;
  }

  function within(transaction: Database["db"]): EntriesInTransaction {
    const byId = (id: string) => transaction.selectFrom("log_entries").selectAll().where("id", "=", id);
    return {
      async get(id) {
        const row = await dialect.locking(byId(id)).executeTakeFirst();
        return row && entryOf(row);
      },

      async byKey(key) {
        const row = await entryUnder(transaction, dialect, key);
        return row && entryOf(row);
      },

      insert: (entry) => insert(transaction, entry),

      async update(entry, change) {
        await transaction.updateTable("log_entries").set(rowOf(entry, change)).where("id", "=", entry.id).execute();
        return { ...entry, ...change };
      },

      ...loggedMessagesIn(transaction, dialect),
    };
  }

  return {
    inTransaction: (work) => db.transaction().execute((transaction) => work(within(transaction))),
    insert: (entry) => insert(db, entry),
    async settle(entry, change, durably) {
      const { numUpdatedRows } = await (durably ? db : relaxedDb)
        .updateTable("log_entries")
        .set(rowOf(entry, change))
        .where("id", "=", entry.id)
        .where("state", "=", "sending")
        .where("attempts", "=", entry.attempts)
        .where("sent_version", "=", entry.sentVersion)
        .where("wanted_version", "=", entry.wantedVersion)
        .executeTakeFirst();
      return numUpdatedRows === 0n ? undefined : { ...entry, ...change };
    },

    async get(id) {
      const row = await db.selectFrom("log_entries").selectAll().where("id", "=", id).executeTakeFirst();
      return row && entryOf(row);
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
          ? (await referencesTo([[userId, kind, key]])).flat()
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
