/** The connections to CRMs as the console lists them: who is connected where, by name, page by page. */

import { type Kysely, sql } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

export interface ListedConnection {
  id: string;
  platform: string;
  tenant: string;
  crmUserId: string;
  name: string;
  connected: boolean;
  loggedOutAt: number | undefined;
  createdAt: number;
}

export interface ConnectionSearch {
  /** Part of a name, a tenant or an id in the CRM. */
  text: string | undefined;
  limit: number;
  /** The last of the page before. */
  after: { name: string; id: string } | undefined;
}

export interface ConnectionLists {
  /** By name; those who have logged out as well. */
  page(search: ConnectionSearch): Promise<ListedConnection[]>;
  withIds(ids: readonly string[]): Promise<ListedConnection[]>;
  counts(): Promise<{ connected: number; loggedOut: number }>;
}

export function createConnectionLists({ database: { db } }: { database: Database }): ConnectionLists {
  return {
    async page({ text, limit, after }) {
      const rows = await connections(db)
        // A user whom the CRM has removed keeps an empty name.
        .where("name", "!=", "")
        .$if(text !== undefined, (query) => query.where(holds(text ?? "")))
        .$if(after !== undefined, (query) =>
          query.where((row) => row(row.refTuple("name", "id"), ">", row.tuple(after?.name ?? "", after?.id ?? ""))),
        )
        .orderBy("name")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(connectionOf);
    },

    async withIds(ids) {
      if (ids.length === 0) return [];
      return (await connections(db).where("id", "in", ids).execute()).map(connectionOf);
    },

    async counts() {
      const rows = await db
        .selectFrom("users")
        .select((row) => [row("credentials", "is not", null).as("connected"), row.fn.countAll().as("users")])
        .where("name", "!=", "")
        .groupBy(sql`1`)
        .execute();
      const of = (connected: boolean) => Number(rows.find((row) => Boolean(row.connected) === connected)?.users ?? 0);
      return { connected: of(true), loggedOut: of(false) };
    },
  };
}

function connections(db: Kysely<Tables>) {
  return db
    .selectFrom("users")
    .select(["id", "platform", "tenant", "crm_user_id", "name", "logged_out_at", "created_at"])
    .select((row) => row("credentials", "is not", null).as("connected"));
}

function holds(text: string) {
  const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const places = ["name", "tenant", "crm_user_id"].map(
    (column) => sql`lower(${sql.ref(column)}) like ${pattern} escape '\\'`,
  );
  return sql<boolean>`(${sql.join(places, sql` or `)})`;
}

type Row = Awaited<ReturnType<ReturnType<typeof connections>["executeTakeFirstOrThrow"]>>;

function connectionOf(row: Row): ListedConnection {
  return {
    id: row.id,
    platform: row.platform,
    tenant: row.tenant,
    crmUserId: row.crm_user_id,
    name: row.name,
    connected: Boolean(row.connected),
    loggedOutAt: row.logged_out_at ?? undefined,
    createdAt: row.created_at,
  };
}
