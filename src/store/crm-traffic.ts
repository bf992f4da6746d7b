/** How many requests went to each CRM, how they ended and how long they took: counted by span of time, not one by one. */

import { sql } from "kysely";
import type { Database } from "./database.ts";

/** So many requests in one span ended this way within this time, and not within the next shorter one. */
export interface TrafficCount {
  /** Epoch milliseconds at which the span begins. */
  span: number;
  platform: string;
  operation: string;
  outcome: string;
  withinMs: number;
  requests: number;
}

export interface CrmTrafficStore {
  /** Adds to what other processes have counted, in one statement. */
  add(counts: readonly TrafficCount[]): Promise<void>;
  /** All operations together, from this span on; no more than `limit` rows. */
  bySpan(since: number, limit: number): Promise<Omit<TrafficCount, "operation">[]>;
  /** All spans together, from this one on; no more than `limit` rows. */
  byOperation(since: number, limit: number): Promise<Omit<TrafficCount, "span">[]>;
  /** Forgets up to `spans` spans that are older; answers how many those were. */
  forget(before: number, spans: number): Promise<number>;
}

const COLUMNS = {
  span: "bigint",
  platform: "text",
  operation: "text",
  outcome: "text",
  within_ms: "bigint",
  requests: "bigint",
} as const;

export function createCrmTrafficStore({ database }: { database: Database }): CrmTrafficStore {
  const { db, dialect } = database;
  return {
    async add(counts) {
      const rows = counts.map((count) => [
        count.span,
        count.platform,
        count.operation,
        count.outcome,
        count.withinMs,
        count.requests,
      ]);
      const columns = sql.join(Object.keys(COLUMNS).map((name) => sql.ref(name)));
      const identity = sql.join(["span", "platform", "operation", "outcome", "within_ms"].map((name) => sql.ref(name)));
      // In one order everywhere: processes that count the same rows must not wait for each other in a circle. The condition
      // tells SQLite that "on" does not belong to a join (sqlite.org/lang_upsert.html, "Parsing Ambiguity").
      await sql`
        insert into "crm_traffic" (${columns})
        select ${columns} from ${dialect.rowsOf(COLUMNS, rows)} as counted
        where true order by ${identity}
        on conflict (${identity}) do update set "requests" = "crm_traffic"."requests" + excluded."requests"`.execute(
        db,
      );
    },

    async bySpan(since, limit) {
      const rows = await db
        .selectFrom("crm_traffic")
        .select(["span", "platform", "outcome", "within_ms", (row) => row.fn.sum("requests").as("requests")])
        .where("span", ">=", since)
        .groupBy(["span", "platform", "outcome", "within_ms"])
        .orderBy("span", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ span, platform, outcome, within_ms: withinMs, requests }) => ({
        span,
        platform,
        outcome,
        withinMs,
        requests: Number(requests),
      }));
    },

    async byOperation(since, limit) {
      const rows = await db
        .selectFrom("crm_traffic")
        .select(["platform", "operation", "outcome", "within_ms", (row) => row.fn.sum("requests").as("requests")])
        .where("span", ">=", since)
        .groupBy(["platform", "operation", "outcome", "within_ms"])
        .limit(limit)
        .execute();
      return rows.map(({ platform, operation, outcome, within_ms: withinMs, requests }) => ({
        platform,
        operation,
        outcome,
        withinMs,
        requests: Number(requests),
      }));
    },

    async forget(before, spans) {
      const found = await db
        .selectFrom("crm_traffic")
        .select("span")
        .distinct()
        .where("span", "<", before)
        .orderBy("span")
        .limit(spans)
        .execute();
      const last = found.at(-1);
      if (last === undefined) return 0;
      await db.deleteFrom("crm_traffic").where("span", "<=", last.span).execute();
      return found.length;
    },
  };
}
