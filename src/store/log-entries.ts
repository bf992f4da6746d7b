/** The ledger's table: what we owe a CRM, what we last wrote there, and when to try again. Knows SQL and sealing, no rules. */

import { randomUUID } from "node:crypto";
import type { Selectable, Updateable } from "kysely";
import type { Database } from "./database.ts";
import { type JsonObject, readJsonObject } from "./json.ts";
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

export interface LogEntryStore {
  /** Everything inside happens in one transaction, or not at all. */
  inTransaction<T>(work: (entries: EntriesInTransaction) => Promise<T>): Promise<T>;
  renewLease(id: string, until: number): Promise<void>;
  get(id: string): Promise<LogEntry | undefined>;
  references(userId: string, kind: EntryKind, sourceKeys: readonly string[]): Promise<EntryReference[]>;
  /** Entries whose next attempt is due, or whose sender died; the longest waiting first, those of some users left out. */
  due(now: number, limit: number, exceptUsers: readonly string[]): Promise<{ id: string; userId: string }[]>;
  /** Makes what waits for this user's login due at once. */
  wake(userId: string): Promise<void>;
  /** Forgets the content of entries written before `writtenBefore`; the pair of ids stays. */
  dropContent(writtenBefore: number): Promise<void>;
}

export interface EntriesInTransaction {
  /** Holds the entry until the transaction ends. */
  get(id: string): Promise<LogEntry | undefined>;
  /** Holds the entry until the transaction ends. */
  byKey(userId: string, kind: EntryKind, sourceKey: string): Promise<LogEntry | undefined>;
  /** Undefined where another process has just inserted an entry of this key: `byKey` then finds it. */
  insert(entry: {
    userId: string;
    kind: EntryKind;
    sourceKey: string;
    contactId: string;
    wanted: JsonObject;
  }): Promise<LogEntry | undefined>;
  update(entry: LogEntry, change: EntryChange): Promise<LogEntry>;
  loggedMessages(entryId: string): Promise<Set<string>>;
  addMessages(entryId: string, messageIds: readonly string[]): Promise<void>;
  /** Messages of a record that never came to be: sent again, they are new. */
  forgetMessages(entryId: string): Promise<void>;
}

export function createLogEntryStore({ database, vault }: { database: Database; vault: Vault }): LogEntryStore {
  const { db, dialect } = database;
  const place = (entryId: string, column: string) => JSON.stringify([entryId, `log_entries.${column}`]);
  const sealed = (entryId: string, column: string, content: JsonObject | undefined) =>
    content === undefined ? null : vault.seal(JSON.stringify(content), place(entryId, column));
  const opened = (entryId: string, column: string, content: string | null) =>
    content === null ? undefined : readJsonObject(vault.open(content, place(entryId, column)));

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

  function within(transaction: Database["db"]): EntriesInTransaction {
    const byId = (id: string) => transaction.selectFrom("log_entries").selectAll().where("id", "=", id);
    return {
      async get(id) {
        const row = await dialect.locking(byId(id)).executeTakeFirst();
        return row && entryOf(row);
      },

      async byKey(userId, kind, sourceKey) {
        const ofKey = transaction
          .selectFrom("log_entries")
          .selectAll()
          .where("user_id", "=", userId)
          .where("kind", "=", kind)
          .where("source_key", "=", sourceKey);
        const row = await dialect.locking(ofKey).executeTakeFirst();
        return row && entryOf(row);
      },

      async insert({ userId, kind, sourceKey, contactId, wanted }) {
        const id = randomUUID();
        const now = Date.now();
        const row = await transaction
          .insertInto("log_entries")
          .values({
            id,
            user_id: userId,
            kind,
            source_key: sourceKey,
            contact_id: contactId,
            state: "pending",
            wanted: sealed(id, "wanted", wanted),
            wanted_version: 1,
            written: null,
            written_version: 0,
            sent: null,
            sent_version: 0,
            log_id: null,
            attempts: 0,
            next_attempt_at: now,
            hold_until: null,
            lease_until: null,
            owed_since: now,
            last_error: null,
            last_error_code: null,
            created_at: now,
            updated_at: now,
            written_at: null,
          })
          .onConflict((conflict) => conflict.columns(["user_id", "kind", "source_key"]).doNothing())
          .returningAll()
          .executeTakeFirst();
        return row && entryOf(row);
      },

      async update(entry, change) {
        const row = await transaction
          .updateTable("log_entries")
          .set(rowOf(entry, change))
          .where("id", "=", entry.id)
          .returningAll()
          .executeTakeFirstOrThrow();
        return entryOf(row);
      },

      async loggedMessages(entryId) {
        const rows = await transaction
          .selectFrom("logged_messages")
          .select("message_id")
          .where("entry_id", "=", entryId)
          .execute();
        return new Set(rows.map((row) => row.message_id));
      },

      async addMessages(entryId, messageIds) {
        const rows = messageIds.map((messageId) => ({ entry_id: entryId, message_id: messageId }));
        await transaction.insertInto("logged_messages").values(rows).execute();
      },

      async forgetMessages(entryId) {
        await transaction.deleteFrom("logged_messages").where("entry_id", "=", entryId).execute();
      },
    };
  }

  return {
    inTransaction: (work) => db.transaction().execute((transaction) => work(within(transaction))),
    async get(id) {
      const row = await db.selectFrom("log_entries").selectAll().where("id", "=", id).executeTakeFirst();
      return row && entryOf(row);
    },

    async renewLease(id, until) {
      await db
        .updateTable("log_entries")
        .set({ lease_until: until })
        .where("id", "=", id)
        .where("state", "=", "sending")
        .execute();
    },

    async references(userId, kind, sourceKeys) {
      const rows = await db
        .selectFrom("log_entries")
        .select(["id", "source_key", "contact_id", "state", "log_id"])
        .where("user_id", "=", userId)
        .where("kind", "=", kind)
        .where("source_key", "in", sourceKeys)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        sourceKey: row.source_key,
        contactId: row.contact_id,
        state: row.state,
        logId: row.log_id ?? undefined,
      }));
    },

    async due(now, limit, exceptUsers) {
      const dueNow = db
        .selectFrom("log_entries")
        .select(["id", "user_id"])
        .where((where) =>
          where.or([
            where.and([where("state", "in", ["pending", "uncertain"]), where("next_attempt_at", "<=", now)]),
            where.and([where("state", "=", "sending"), where("lease_until", "<", now)]),
          ]),
        )
        .$if(exceptUsers.length > 0, (query) => query.where("user_id", "not in", exceptUsers))
        .orderBy("next_attempt_at")
        .limit(limit);
      // What another process is taking at this very moment is left to it.
      const rows = await dialect.lockingOrSkipping(dueNow).execute();
      return rows.map((row) => ({ id: row.id, userId: row.user_id }));
    },

    async wake(userId) {
      await db
        .updateTable("log_entries")
        .set({ next_attempt_at: Date.now() })
        .where("user_id", "=", userId)
        .where("state", "in", ["pending", "uncertain"])
        .where("last_error_code", "in", ["crm-session-ended", "not-connected"])
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
