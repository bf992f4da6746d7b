/** The ledger in figures, for the console: what is owed and why, and how a day's logs ended. Every query stops at a limit. */

import { type Kysely, sql } from "kysely";
import type { Database } from "./database.ts";
import type { EntryKind, EntryState, Tables } from "./schema.ts";

/** What is open: not written, and not given up either. */
const OPEN_STATES = ["pending", "sending", "uncertain", "refused"] as const;
export type OpenState = (typeof OPEN_STATES)[number];

/** Entries of one user that are in the same state for the same reason. */
export interface OpenEntries {
  userId: string;
  platform: string;
  state: OpenState;
  lastErrorCode: string | undefined;
  /** Nothing happens with them until somebody does something. */
  isAtRest: boolean;
  entries: number;
  owedSince: number;
  /** What was said at the last of the failures. */
  lastError: string | undefined;
}

export interface LogsOfSpan {
  /** Epoch milliseconds at which the span begins. */
  span: number;
  kind: EntryKind;
  state: EntryState;
  /** Given up: without content, and not in the CRM. */
  isDropped: boolean;
  entries: number;
}

export interface LogEntryFigures {
  /** Of each state the longest owed entries, no more than `limit`. */
  open(limit: number): Promise<OpenEntries[]>;
  /** How many are open in each state, counted up to `limit`. */
  countOpen(limit: number): Promise<Record<OpenState, number>>;
  /** What was accepted between two moments, in spans; of no more than `limit` entries. */
  accepted(from: number, to: number, spanMs: number, limit: number): Promise<LogsOfSpan[]>;
}

export function createLogEntryFigures({ database: { db } }: { database: Database }): LogEntryFigures {
  return {
    async open(limit) {
      const groups: OpenEntries[] = [];
      for (const state of OPEN_STATES) {
        const rows = await groupsOf(db, state, limit).execute();
        groups.push(
          ...rows.map((row) => ({
            userId: row.user_id,
            platform: row.platform,
            state,
            lastErrorCode: row.last_error_code ?? undefined,
            isAtRest: Boolean(row.is_at_rest),
            entries: Number(row.entries),
            owedSince: row.owed_since,
            lastError: row.last_error ?? undefined,
          })),
        );
      }
      return groups;
    },

    async countOpen(limit) {
      const counts = { pending: 0, sending: 0, uncertain: 0, refused: 0 };
      for (const state of OPEN_STATES) {
        const { entries } = await db
          .selectFrom(longestOwed(db, state, limit).select("id").as("open"))
          .select((row) => row.fn.countAll().as("entries"))
          .executeTakeFirstOrThrow();
        counts[state] = Number(entries);
      }
      return counts;
    },

    async accepted(from, to, spanMs, limit) {
      const created = db
        .selectFrom("log_entries")
        .select(["created_at", "kind", "state"])
        .select((row) => row.and([row("wanted", "is", null), row("state", "!=", "written")]).as("is_dropped"))
        .where("created_at", ">=", from)
        .where("created_at", "<", to)
        .orderBy("created_at", "desc")
        .limit(limit);
      const span = sql<number>`created_at - created_at % ${sql.lit(spanMs)}`;
      const rows = await db
        .selectFrom(created.as("accepted"))
        .select([span.as("span"), "kind", "state", "is_dropped", (row) => row.fn.countAll().as("entries")])
        .groupBy([span, "kind", "state", "is_dropped"])
        .execute();
      return rows.map((row) => ({
        span: row.span,
        kind: row.kind,
        state: row.state,
        isDropped: Boolean(row.is_dropped),
        entries: Number(row.entries),
      }));
    },
  };
}

/** Those that were given up are left out. */
function longestOwed(db: Kysely<Tables>, state: OpenState, limit: number) {
  return db
    .selectFrom("log_entries")
    .where("state", "=", state)
    .where("wanted", "is not", null)
    .orderBy("owed_since")
    .orderBy("id")
    .limit(limit);
}

function groupsOf(db: Kysely<Tables>, state: OpenState, limit: number) {
  const owed = longestOwed(db, state, limit)
    .select(["user_id", "last_error", "last_error_code", "owed_since"])
    .select((row) => row("next_attempt_at", "is", null).as("is_at_rest"));
  return db
    .selectFrom(owed.as("owed"))
    .innerJoin("users", "users.id", "owed.user_id")
    .select(["user_id", "platform", "last_error_code", "is_at_rest"])
    .select((row) => [
      row.fn.countAll().as("entries"),
      row.fn.min("owed_since").as("owed_since"),
      row.fn.max("last_error").as("last_error"),
    ])
    .groupBy(["user_id", "platform", "last_error_code", "is_at_rest"]);
}
