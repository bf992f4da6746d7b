/** Whom a user means to call back: names, numbers and notes sealed, each entry its user's own. */

import { randomUUID } from "node:crypto";
import type { Selectable, SelectQueryBuilder } from "kysely";
import { Type } from "typebox";
import { compiled } from "../compiled.ts";
import type { Database } from "./database.ts";
import type { CallDownEntryTable, Tables } from "./schema.ts";
import type { Vault } from "./vault.ts";

const Details = Type.Object({
  contactName: Type.Optional(Type.String()),
  phoneNumber: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
});
const storedDetails = compiled(Details);

export type CallDownStatus = CallDownEntryTable["status"];

/** Times in epoch milliseconds. */
export interface CallDownContent {
  contactName: string | undefined;
  phoneNumber: string | undefined;
  note: string | undefined;
  contactId: string | undefined;
  contactType: string;
  status: CallDownStatus;
  scheduledAt: number | undefined;
  lastCallAt: number | undefined;
}

export interface StoredCallDownEntry extends CallDownContent {
  id: string;
  userId: string;
  createdAt: number;
  updatedAt: number;
}

export interface CallDownPage {
  /** Undefined: any. */
  status: CallDownStatus | undefined;
  limit: number;
  offset: number;
}

export interface CallDownEntryStore {
  /** By the time for which they are scheduled; those without one come last. */
  list(userId: string, page: CallDownPage): Promise<StoredCallDownEntry[]>;
  /** Answers the new entry's id; undefined, and nothing is added, where the user has `most` already. */
  add(userId: string, content: CallDownContent, most: number): Promise<string | undefined>;
  /** Reads, changes and stores in one transaction. False where the user has no such entry. */
  change(userId: string, id: string, change: (present: CallDownContent) => CallDownContent): Promise<boolean>;
  remove(userId: string, id: string): Promise<boolean>;
  /** Of these ids, the ones that there are, whoever has them. */
  known(ids: readonly string[]): Promise<Set<string>>;
  /** Takes over what somebody had elsewhere, under the ids that it had there; what is here already stays as it is. */
  takeOver(entries: readonly StoredCallDownEntry[]): Promise<void>;
}

/** A statement takes so many rows at a time: both databases limit its parameters. */
const ROWS_AT_ONCE = 500;

export function createCallDownEntryStore(dependencies: { database: Database; vault: Vault }): CallDownEntryStore {
  const { vault } = dependencies;
  const { db, dialect } = dependencies.database;

  function columnsOf(id: string, content: CallDownContent) {
    const { contactName, phoneNumber, note } = content;
    return {
      contact_id: content.contactId ?? null,
      contact_type: content.contactType,
      status: content.status,
      scheduled_at: content.scheduledAt ?? null,
      last_call_at: content.lastCallAt ?? null,
      details: vault.seal(JSON.stringify({ contactName, phoneNumber, note }), placeOf(id)),
    };
  }

  function entryOf(row: Selectable<CallDownEntryTable>): StoredCallDownEntry {
    const { contactName, phoneNumber, note } = storedDetails.Parse(
      JSON.parse(vault.open(row.details, placeOf(row.id))),
    );
    return {
      contactName,
      phoneNumber,
      note,
      id: row.id,
      userId: row.user_id,
      contactId: row.contact_id ?? undefined,
      contactType: row.contact_type,
      status: row.status,
      scheduledAt: row.scheduled_at ?? undefined,
      lastCallAt: row.last_call_at ?? undefined,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  return {
    async list(userId, { status, limit, offset }) {
      const rows = await ofUser(db, userId)
        .selectAll()
        .$if(status !== undefined, (query) => query.where("status", "=", status ?? "called"))
        .orderBy("scheduled_at", (order) => order.asc().nullsLast())
        .orderBy("created_at")
        .orderBy("id")
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map(entryOf);
    },

    add: (userId, content, most) =>
      db.transaction().execute(async (transaction) => {
        // Whoever adds holds the user's row: a list that is full stays so, however many add to it at once.
        await dialect.locking(transaction.selectFrom("users").select("id").where("id", "=", userId)).execute();
        const { present } = await ofUser(transaction, userId)
          .select((select) => select.fn.countAll<number>().as("present"))
          .executeTakeFirstOrThrow();
        if (present >= most) return undefined;
        const id = randomUUID();
        const now = Date.now();
        const times = { created_at: now, updated_at: now };
        await transaction
          .insertInto("call_down_entries")
          .values({ id, user_id: userId, ...columnsOf(id, content), ...times })
          .execute();
        return id;
      }),

    change: (userId, id, change) =>
      db.transaction().execute(async (transaction) => {
        const present = ofUser(transaction, userId).selectAll().where("id", "=", id);
        const row = await dialect.locking(present).executeTakeFirst();
        if (row === undefined) return false;
        await transaction
          .updateTable("call_down_entries")
          .set({ ...columnsOf(id, change(entryOf(row))), updated_at: Date.now() })
          .where("id", "=", id)
          .execute();
        return true;
      }),

    async remove(userId, id) {
      const { numDeletedRows } = await db
        .deleteFrom("call_down_entries")
        .where("user_id", "=", userId)
        .where("id", "=", id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async known(ids) {
      const rows = await db.selectFrom("call_down_entries").select("id").where(dialect.isAmong("id", ids)).execute();
      return new Set(rows.map(({ id }) => id));
    },

    async takeOver(entries) {
      for (let at = 0; at < entries.length; at += ROWS_AT_ONCE) {
        const rows = entries.slice(at, at + ROWS_AT_ONCE).map(({ createdAt, id, updatedAt, userId, ...content }) => ({
          id,
          user_id: userId,
          ...columnsOf(id, content),
          created_at: createdAt,
          updated_at: updatedAt,
        }));
        await db
          .insertInto("call_down_entries")
          .values(rows)
          .onConflict((conflict) => conflict.column("id").doNothing())
          .execute();
      }
    },
  };
}

function ofUser(db: Database["db"], userId: string): SelectQueryBuilder<Tables, "call_down_entries", object> {
  return db.selectFrom("call_down_entries").where("user_id", "=", userId);
}

function placeOf(id: string): string {
  return JSON.stringify([id, "call_down_entries.details"]);
}
