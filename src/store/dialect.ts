/** What differs between SQLite and PostgreSQL, and nothing else: everything above speaks one language. */

import type { Dialect as KyselyDialect, Kysely, SelectQueryBuilder, Transaction } from "kysely";
import type { Tables } from "./schema.ts";

export interface Dialect {
  kysely: KyselyDialect;
  /** Lets one process at a time look at the schema and change it, until its transaction ends. */
  lockSchema(transaction: Transaction<Tables>): Promise<void>;
  /** Keeps the selected rows from other transactions until this one ends. */
  locking<TB extends keyof Tables, O>(query: SelectQueryBuilder<Tables, TB, O>): SelectQueryBuilder<Tables, TB, O>;
  /** The same, without waiting: rows that somebody else holds are left out. */
  lockingOrSkipping<TB extends keyof Tables, O>(
    query: SelectQueryBuilder<Tables, TB, O>,
  ): SelectQueryBuilder<Tables, TB, O>;
  /**
   * Runs work that may take as long as a request to a CRM, with a user's row kept from every other process. What it does to
   * the row goes through the handle that it is given.
   */
  withUserLocked<T>(db: Kysely<Tables>, userId: string, work: (held: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Tells the workers of every process that something is due. */
  wakeWorkers(db: Kysely<Tables>): Promise<void>;
  /** Calls back when a worker is woken; answers how to stop. */
  onWake(listener: () => void): Promise<() => Promise<void>>;
  /** Whether an error means that the database cannot be reached, which passes. */
  isAway(error: unknown): boolean;
  /** What is wrong with the database's address or rights, which does not pass, as one sentence for the operator. */
  refusal(error: unknown): string | undefined;
}
