/** Many single changes in one SQLite commit, which costs more than a change. */

import type { SqliteConnection } from "./sqlite-connection.ts";

export interface Change {
  sql: string;
  parameters: readonly unknown[];
}

/** The rows that a change answered with, or how many it wrote. */
export interface Written {
  rows: unknown[];
  numAffectedRows?: bigint;
}

export type Outcome = Written | { thrown: unknown };

/**
 * Waits for its turn to write before it reads. A transaction that read first could not become a writing one once another
 * process has written: SQLite refuses that at once, whatever the time-out ("BEGIN IMMEDIATE", sqlite.org/lang_transaction).
 */
export const BEGIN = "begin immediate";

/** A change that fails, fails alone. Throws where the commit fails, or another connection writes: then nothing of it stands. */
export function writeInOneCommit(connection: SqliteConnection, changes: readonly Change[]): Outcome[] {
  // One alone is a transaction by itself; and what only reads needs no right to write.
  if (changes.length === 1) return changes.map((change) => written(connection, change));
  const run = (text: string) => connection.prepare(text).run([]);
  run(BEGIN);
  try {
    const outcomes = changes.map((change) => {
      const outcome = outcomeOf(connection, change);
      // SQLite undoes a change that fails, and goes on with the transaction; where it does not, nothing of it stands.
      if ("thrown" in outcome && !connection.isInTransaction()) throw outcome.thrown;
      return outcome;
    });
    run("commit");
    return outcomes;
  } catch (thrown) {
    if (connection.isInTransaction()) run("rollback");
    throw thrown;
  }
}

function outcomeOf(connection: SqliteConnection, change: Change): Outcome {
  try {
    return written(connection, change);
  } catch (thrown) {
    return { thrown };
  }
}

function written(connection: SqliteConnection, { sql, parameters }: Change): Written {
  const statement = connection.prepare(sql);
  if (statement.reader) return { rows: statement.all(parameters) };
  return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
}
