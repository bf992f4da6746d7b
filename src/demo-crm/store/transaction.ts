/** Several statements that happen together or not at all. */

import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in a transaction that holds the write lock from its beginning; inside another one it is part of that. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
