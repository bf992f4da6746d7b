/** The ledger as an operator looks through it: entries with their users, page by page, and without a word of their content. */

import type { ExpressionBuilder, Kysely } from "kysely";
import type { Database } from "./database.ts";
import type { EntryKind, EntryState, Tables } from "./schema.ts";

/** The states of the ledger; "dropped" are those that somebody gave up: neither written nor owed, and without content. */
const LISTED_STATES = ["pending", "sending", "uncertain", "refused", "written", "dropped"] as const;
export type ListedState = (typeof LISTED_STATES)[number];

export interface ListedEntry {
  id: string;
  kind: EntryKind;
  sourceKey: string;
  contactId: string;
  state: ListedState;
  logId: string | undefined;
  wantedVersion: number;
  sentVersion: number;
  writtenVersion: number;
  hasContent: boolean;
  attempts: number;
  createdAt: number;
  owedSince: number;
  writtenAt: number | undefined;
  nextAttemptAt: number | undefined;
  holdUntil: number | undefined;
  leaseUntil: number | undefined;
  lastError: string | undefined;
  lastErrorCode: string | undefined;
  user: ListedEntryUser;
}

/** Where a page ends. */
export type PlaceInList = Pick<ListedEntry, "owedSince" | "id">;

export interface ListedEntryUser {
  id: string;
  name: string;
  crmUserId: string;
  platform: string;
  tenant: string;
  hostname: string | undefined;
  connected: boolean;
}

export interface LogEntryLists {
  states: readonly ListedState[];
  /** The longest owed first; `after` is the last entry of the page before. */
  page(
    states: readonly ListedState[],
    limit: number,
    after?: PlaceInList,
    order?: "newest first",
  ): Promise<ListedEntry[]>;
  count(states: readonly ListedState[]): Promise<number>;
  /** The newest first; no more than `limit`. */
  ofUser(userId: string, limit: number): Promise<ListedEntry[]>;
  withId(id: string): Promise<ListedEntry | undefined>;
  withIds(ids: readonly string[]): Promise<ListedEntry[]>;
  /** Every user's entries of these calls or conversations; no more than `limit`. */
  withSourceKeys(sourceKeys: readonly string[], limit: number): Promise<ListedEntry[]>;
  /** Entries whose id ends so; no more than `limit`. */
  endingWith(end: string, limit: number): Promise<ListedEntry[]>;
}

export function createLogEntryLists({ database: { db } }: { database: Database }): LogEntryLists {
  return {
    states: LISTED_STATES,

    async page(states, limit, after, order) {
      const way = order === "newest first" ? "desc" : "asc";
      const page = inStates(db, states)
        .orderBy("log_entries.owed_since", way)
        .orderBy("log_entries.id", way)
        .limit(limit);
      const rows = await (after === undefined ? page : page.where((row) => comesAfter(row, after, way))).execute();
      return rows.map(entryOf);
    },

    async count(states) {
      const { count } = await inStates(db, states)
        .clearSelect()
        .select((row) => row.fn.countAll().as("count"))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async ofUser(userId, limit) {
      const found = entriesWithUsers(db).where("log_entries.user_id", "=", userId);
      return (await found.orderBy("log_entries.created_at", "desc").limit(limit).execute()).map(entryOf);
    },

    async withId(id) {
      const row = await entriesWithUsers(db).where("log_entries.id", "=", id).executeTakeFirst();
      return row && entryOf(row);
    },

    async withIds(ids) {
      if (ids.length === 0) return [];
      return (await entriesWithUsers(db).where("log_entries.id", "in", ids).execute()).map(entryOf);
    },

    async withSourceKeys(sourceKeys, limit) {
      const found = entriesWithUsers(db).where("log_entries.source_key", "in", sourceKeys);
      return (await found.orderBy("log_entries.created_at", "desc").limit(limit).execute()).map(entryOf);
    },

    async endingWith(end, limit) {
      const found = entriesWithUsers(db).where("log_entries.id", "like", `%${end}`);
      const rows = await found.orderBy("log_entries.id").limit(limit).execute();
      return rows.map(entryOf);
    },
  };
}

function entriesWithUsers(db: Kysely<Tables>) {
  return db
    .selectFrom("log_entries")
    .innerJoin("users", "users.id", "log_entries.user_id")
    .select([
      "log_entries.id",
      "log_entries.kind",
      "log_entries.source_key",
      "log_entries.contact_id",
      "log_entries.state",
      "log_entries.log_id",
      "log_entries.wanted_version",
      "log_entries.sent_version",
      "log_entries.written_version",
      "log_entries.attempts",
      "log_entries.created_at",
      "log_entries.owed_since",
      "log_entries.written_at",
      "log_entries.next_attempt_at",
      "log_entries.hold_until",
      "log_entries.lease_until",
      "log_entries.last_error",
      "log_entries.last_error_code",
      "users.id as user_id",
      "users.name",
      "users.crm_user_id",
      "users.platform",
      "users.tenant",
      "users.hostname",
    ])
    .select((row) => [
      row("log_entries.wanted", "is not", null).as("has_content"),
      row("users.credentials", "is not", null).as("connected"),
    ]);
}

type Row = ExpressionBuilder<Tables, "log_entries" | "users">;

function inStates(db: Kysely<Tables>, states: readonly ListedState[]) {
  return entriesWithUsers(db).where((row) => row.or(states.map((state) => isInState(row, state))));
}

function isInState(row: Row, state: ListedState) {
  if (state === "dropped") {
    return row.and([row("log_entries.state", "in", ABANDONABLE), row("log_entries.wanted", "is", null)]);
  }
  const inState = row("log_entries.state", "=", state);
  return isAbandonable(state) ? row.and([inState, row("log_entries.wanted", "is not", null)]) : inState;
}

/** An entry in one of these states that has lost its content will never be written. */
const ABANDONABLE: readonly EntryState[] = ["refused", "uncertain"];

function isAbandonable(state: EntryState): boolean {
  return ABANDONABLE.includes(state);
}

function comesAfter(row: Row, { owedSince, id }: PlaceInList, way: "asc" | "desc") {
  return row(
    row.refTuple("log_entries.owed_since", "log_entries.id"),
    way === "asc" ? ">" : "<",
    row.tuple(owedSince, id),
  );
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof entriesWithUsers>["executeTakeFirstOrThrow"]>>;

function entryOf(row: EntryRow): ListedEntry {
  const hasContent = Boolean(row.has_content);
  return {
    id: row.id,
    kind: row.kind,
    sourceKey: row.source_key,
    contactId: row.contact_id,
    state: isAbandonable(row.state) && !hasContent ? "dropped" : row.state,
    logId: row.log_id ?? undefined,
    wantedVersion: row.wanted_version,
    sentVersion: row.sent_version,
    writtenVersion: row.written_version,
    hasContent,
    attempts: row.attempts,
    createdAt: row.created_at,
    owedSince: row.owed_since,
    writtenAt: row.written_at ?? undefined,
    nextAttemptAt: row.next_attempt_at ?? undefined,
    holdUntil: row.hold_until ?? undefined,
    leaseUntil: row.lease_until ?? undefined,
    lastError: row.last_error ?? undefined,
    lastErrorCode: row.last_error_code ?? undefined,
    user: {
      id: row.user_id,
      name: row.name,
      crmUserId: row.crm_user_id,
      platform: row.platform,
      tenant: row.tenant,
      hostname: row.hostname ?? undefined,
      connected: Boolean(row.connected),
    },
  };
}
