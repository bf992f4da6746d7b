/** The connected users as an operator looks through them: page by page, with what is theirs in numbers and nothing secret. */

import type { ExpressionBuilder, Kysely, Selectable } from "kysely";
import type { Database } from "./database.ts";
import type { EntryState, Tables, UserTable } from "./schema.ts";

export interface ListedUser {
  id: string;
  platform: string;
  tenant: string;
  crmUserId: string;
  name: string;
  hostname: string | undefined;
  connected: boolean;
  loggedOutAt: number | undefined;
  createdAt: number;
  /** When the user last logged in, or the credentials were last renewed. */
  updatedAt: number;
}

/** What belongs to a user, counted. */
export interface UserFigures {
  /** Sessions that have not run out. */
  sessions: number;
  /** Log entries that the CRM still lacks, by their state. */
  owed: Partial<Record<EntryState, number>>;
}

export interface UserLists {
  /** In the order in which they first came; `after` is the last of the page before. */
  page(platform: string | undefined, limit: number, after?: ListedUser): Promise<ListedUser[]>;
  count(platform: string | undefined): Promise<number>;
  /** Users whose id ends so; no more than `limit`. */
  endingWith(end: string, limit: number): Promise<ListedUser[]>;
  /** One for each tenant that has a user of this id; on every platform where none is named. */
  withCrmUserId(platform: string | undefined, crmUserId: string): Promise<ListedUser[]>;
  /** By user id; users without any of it are left out. */
  figures(userIds: readonly string[]): Promise<Map<string, UserFigures>>;
}

export function createUserLists({ database: { db } }: { database: Database }): UserLists {
  return {
    async page(platform, limit, after) {
      const page = usersOf(db, platform).orderBy("created_at").orderBy("id").limit(limit);
      const rows = await (after === undefined ? page : page.where((row) => comesAfter(row, after))).execute();
      return rows.map(userOf);
    },

    async count(platform) {
      const counted = usersOf(db, platform).clearSelect();
      const { count } = await counted.select((row) => row.fn.countAll().as("count")).executeTakeFirstOrThrow();
      return Number(count);
    },

    async endingWith(end, limit) {
      const found = usersOf(db, undefined).where("id", "like", `%${end}`);
      return (await found.orderBy("id").limit(limit).execute()).map(userOf);
    },

    async withCrmUserId(platform, crmUserId) {
      const found = usersOf(db, platform).where("crm_user_id", "=", crmUserId);
      return (await found.orderBy("created_at").orderBy("id").execute()).map(userOf);
    },

    async figures(userIds) {
      const figures = new Map<string, UserFigures>();
      const of = (userId: string) => {
        const known = figures.get(userId) ?? { sessions: 0, owed: {} };
        figures.set(userId, known);
        return known;
      };
      if (userIds.length === 0) return figures;
      const [sessions, entries] = await Promise.all([sessionsOf(db, userIds), owedBy(db, userIds)]);
      for (const { user_id: userId, count } of sessions) of(userId).sessions = Number(count);
      for (const { user_id: userId, state, count } of entries) of(userId).owed[state] = Number(count);
      return figures;
    },
  };
}

type Row = ExpressionBuilder<Tables, "users">;

function usersOf(db: Kysely<Tables>, platform: string | undefined) {
  const users = db.selectFrom("users").selectAll();
  return platform === undefined ? users : users.where("platform", "=", platform);
}

function comesAfter(row: Row, { createdAt, id }: ListedUser) {
  return row(row.refTuple("created_at", "id"), ">", row.tuple(createdAt, id));
}

function sessionsOf(db: Kysely<Tables>, userIds: readonly string[]) {
  return db
    .selectFrom("sessions")
    .select(["user_id", (row) => row.fn.countAll().as("count")])
    .where("user_id", "in", userIds)
    .where("expires_at", ">", Date.now())
    .groupBy("user_id")
    .execute();
}

function owedBy(db: Kysely<Tables>, userIds: readonly string[]) {
  return db
    .selectFrom("log_entries")
    .select(["user_id", "state", (row) => row.fn.countAll().as("count")])
    .where("user_id", "in", userIds)
    .where("state", "!=", "written")
    .where("wanted", "is not", null)
    .groupBy(["user_id", "state"])
    .execute();
}

function userOf(row: Selectable<UserTable>): ListedUser {
  return {
    id: row.id,
    platform: row.platform,
    tenant: row.tenant,
    crmUserId: row.crm_user_id,
    name: row.name,
    hostname: row.hostname ?? undefined,
    connected: row.credentials !== null,
    loggedOutAt: row.logged_out_at ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
