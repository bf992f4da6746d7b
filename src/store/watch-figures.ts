/** The state of things in numbers, for whoever watches: how much is owed and since when, who is connected, how far the tables are. */

import type { Database } from "./database.ts";
import { migrationsIn, migrationsOwed } from "./migrate.ts";
import type { EntryState } from "./schema.ts";

/** Entries in one of these states are missing in the CRM, or may be. */
export type OwedState = Exclude<EntryState, "written">;

export interface OwedFigures {
  state: OwedState;
  entries: number;
  /** Epoch milliseconds; undefined where there is none. */
  oldestSince: number | undefined;
}

export interface WatchFigures {
  /** One of each state. Entries that somebody gave up are not among them. */
  owed(): Promise<OwedFigures[]>;
  connectedUsers(): Promise<{ platform: string; users: number }[]>;
  /** Migrations of this program that have not run. */
  migrationsOwed(): Promise<string[]>;
}

/**
 * How many are counted at most, so that a scrape stays cheap on the worst of days. Those that can be given up are looked at
 * one by one, the others are counted in the index alone.
 */
const COUNTED: Readonly<Record<OwedState, number>> = {
  pending: 100_000,
  sending: 100_000,
  uncertain: 10_000,
  refused: 10_000,
};
const CAN_BE_GIVEN_UP: ReadonlySet<OwedState> = new Set<OwedState>(["uncertain", "refused"]);

export function createWatchFigures({ database: { db } }: { database: Database }): WatchFigures {
  function counted(state: OwedState) {
    const oldestFirst = db
      .selectFrom("log_entries")
      .select("owed_since")
      .where("state", "=", state)
      .$if(CAN_BE_GIVEN_UP.has(state), (entries) => entries.where("wanted", "is not", null))
      .orderBy("owed_since")
      .limit(COUNTED[state]);
    return db
      .selectFrom(oldestFirst.as("oldest_first"))
      .select((row) => [
        row.val(state).as("state"),
        row.fn.countAll().as("entries"),
        row.fn.min("owed_since").as("since"),
      ]);
  }

  return {
    async owed() {
      const states = counted("pending")
        .unionAll(counted("sending"))
        .unionAll(counted("uncertain"))
        .unionAll(counted("refused"));
      const rows = await states.execute();
      return rows.map(({ state, entries, since }) => ({
        state,
        entries: Number(entries),
        oldestSince: since ?? undefined,
      }));
    },

    async connectedUsers() {
      const rows = await db
        .selectFrom("users")
        .select(["platform", (row) => row.fn.countAll().as("users")])
        .where("credentials", "is not", null)
        .groupBy("platform")
        .execute();
      return rows.map(({ platform, users }) => ({ platform, users: Number(users) }));
    },

    async migrationsOwed() {
      return migrationsOwed(await migrationsIn(db));
    },
  };
}
