/** Single changes that are asked for in the same turn of the event loop share one SQLite transaction: a commit costs more than a change. */

import type { CompiledQuery, QueryResult } from "kysely";

export interface WrittenTogether {
  /** Comes back when its change is committed. A change that fails, fails alone. */
  run<R>(query: CompiledQuery): Promise<QueryResult<R>>;
}

export interface WriteTogetherDependencies {
  execute<R>(query: CompiledQuery): Promise<QueryResult<R>>;
  begin: CompiledQuery;
  commit: CompiledQuery;
  rollback: CompiledQuery;
  /** Waits until nobody else writes; answers how to let the next one write. */
  takeTurn(): Promise<() => void>;
  /** Whether a transaction is open: some failures, such as a full disk, end it. */
  isInTransaction(): boolean;
  committed(): void;
}

interface Waiting {
  query: CompiledQuery;
  resolve(result: QueryResult<never>): void;
  reject(thrown: unknown): void;
}

type Outcome = { result: QueryResult<never> } | { thrown: unknown };

export function writeTogether(dependencies: WriteTogetherDependencies): WrittenTogether {
  const { execute, begin, commit, rollback, takeTurn, isInTransaction, committed } = dependencies;
  let waiting: Waiting[] = [];

  async function writeAll(): Promise<void> {
    const endTurn = await takeTurn();
    const all = waiting;
    waiting = [];
    try {
      await (all.length === 1 ? writeAlone(all) : writeInOne(all));
    } finally {
      endTurn();
    }
  }

  async function writeAlone(all: readonly Waiting[]): Promise<void> {
    for (const { query, resolve, reject } of all) {
      try {
        const result = await execute<never>(query);
        committed();
        resolve(result);
      } catch (thrown) {
        reject(thrown);
      }
    }
  }

  async function writeInOne(all: readonly Waiting[]): Promise<void> {
    try {
      await execute(begin);
      const outcomes: Outcome[] = [];
      for (const { query } of all) outcomes.push(await outcomeOf(query));
      await execute(commit);
      committed();
      all.forEach(({ resolve, reject }, at) => {
        const outcome = outcomes[at];
        if (outcome === undefined || "thrown" in outcome) reject(outcome?.thrown);
        else resolve(outcome.result);
      });
    } catch (thrown) {
      if (isInTransaction()) await execute(rollback);
      for (const { reject } of all) reject(thrown);
    }
  }

  /** SQLite undoes a change that fails, and goes on with the transaction; where it does not, nothing of it stands. */
  async function outcomeOf(query: CompiledQuery): Promise<Outcome> {
    try {
      return { result: await execute<never>(query) };
    } catch (thrown) {
      if (!isInTransaction()) throw thrown;
      return { thrown };
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
