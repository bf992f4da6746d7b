/** Single changes that are asked for in the same turn of the event loop, or while others are written, share one SQLite commit. */

import type { CompiledQuery, QueryResult } from "kysely";
import type { Change, Outcome } from "./one-commit.ts";

export interface WrittenTogether {
  /** Comes back when its change is committed. A change that fails, fails alone. */
  run<R>(query: CompiledQuery): Promise<QueryResult<R>>;
}

export interface WriteTogetherDependencies {
  /** All of them in one commit. */
  write(changes: readonly Change[]): Promise<Outcome[]>;
  /** Waits until nobody else writes; answers how to let the next one write. */
  takeTurn(): Promise<() => void>;
  committed(): void;
}

interface Waiting {
  query: CompiledQuery;
  resolve(result: QueryResult<never>): void;
  reject(thrown: unknown): void;
}

export function writeTogether({ write, takeTurn, committed }: WriteTogetherDependencies): WrittenTogether {
  let waiting: Waiting[] = [];

  async function writeAll(): Promise<void> {
    const endTurn = await takeTurn();
    const all = waiting;
    waiting = [];
    try {
      const outcomes = await write(all.map(({ query }) => query));
      committed();
      all.forEach((asked, at) => settle(asked, outcomes[at]));
    } catch (thrown) {
      for (const { reject } of all) reject(thrown);
    } finally {
      endTurn();
    }
  }

  return {
    run: (query) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(() => void writeAll());
        waiting.push({ query, resolve, reject });
      }),
  };
}

function settle({ resolve, reject }: Waiting, outcome: Outcome | undefined): void {
  if (outcome === undefined || "thrown" in outcome) reject(outcome?.thrown);
  else resolve({ ...outcome, rows: ofTheirQuery(outcome.rows) });
}

/** What a row holds is said where its query was written. */
function ofTheirQuery(rows: unknown[]): never[] {
  return Object(rows);
}
