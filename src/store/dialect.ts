/** What differs between SQLite and PostgreSQL, and nothing else: everything above speaks one language. */

import type { Dialect as KyselyDialect, Kysely, RawBuilder, SelectQueryBuilder, Transaction } from "kysely";
import type { Tables } from "./schema.ts";

export interface Dialect {
  kysely: KyselyDialect;
  /** The same database for changes that a power cut may undo: their commits do not wait for the disk. */
  relaxedKysely: KyselyDialect;
  /** For bringing the tables up to date, which may take long: without the time-outs of ordinary work, and closed when done. */
  patientKysely?: KyselyDialect;
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
  /**
   * Rows to be selected from, as one JSON parameter: a statement keeps its text, and stays prepared, however many they are.
   * An array, so that no name has to be repeated in each.
   */
  rowsOf(columns: RowColumns, rows: readonly (readonly (string | number | null)[])[]): RawBuilder<unknown>;
  /** Whether many rows are one statement. Where no way is saved, each by itself costs a fifth, and all are one commit. */
  insertsAtOnce: boolean;
  /** Whether a text column holds one of these, as one JSON parameter as well: found by the column's index. */
  isAmong(column: string, values: readonly string[]): RawBuilder<boolean>;
  /**
   * What a table holds under each of many keys, as one JSON parameter as well: found by the index of the key's columns, which
   * hold text. `at` tells a row's place among the keys, from 0.
   */
  underKeys(look: LookUp, keys: readonly (readonly string[])[]): RawBuilder<unknown>;
  /** Tells the workers of every process that something is due. */
  wakeWorkers(db: Kysely<Tables>): Promise<void>;
  /** Calls back when a worker is woken; answers how to stop. */
  onWake(listener: () => void): Promise<() => Promise<void>>;
  /** Tells every other process that a user, or one of their sessions, is not what it was; counts when its transaction does. */
  tellUserChanged(db: Kysely<Tables>, userId: string): Promise<void>;
  /** Calls back with each user whom another process changed, or with undefined for anybody. */
  watchUsers(changed: (userId: string | undefined) => void): Promise<UserWatch>;
  /** Whether an error means that the database cannot be reached, which passes. */
  isAway(error: unknown): boolean;
  /** What is wrong with the database's address or rights, which does not pass, as one sentence for the operator. */
  refusal(error: unknown): string | undefined;
  /** What the database says of itself; changes nothing. */
  facts(db: Kysely<Tables>): Promise<DatabaseFacts>;
  /** How the pool stands; undefined where there is none. */
  pool(): PoolFigures | undefined;
}

export interface LookUp {
  table: keyof Tables;
  keyColumns: readonly string[];
  columns: readonly string[];
}

export interface UserWatch {
  /** Looks now, where looking is what it takes. False where changes would not be noticed at the moment. */
  isWatching(): boolean;
  stop(): Promise<void>;
}

export interface PoolFigures {
  limit: number;
  open: number;
  idle: number;
  /** Queries that wait for a connection. */
  waiting: number;
}

/** Names and types, in the order of the values. */
export type RowColumns = Readonly<Record<string, "text" | "bigint">>;

export interface DatabaseFacts {
  /** Such as "PostgreSQL 17.2". */
  product: string;
  /** Whether a Trunkline has ever been here. */
  hasTables: boolean;
  /** What it is set to, as far as that decides whether an accepted log is safe. */
  settings: readonly DatabaseSetting[];
  /** Epoch milliseconds; undefined where its clock is that of this machine. */
  clock: number | undefined;
}

export interface DatabaseSetting {
  name: string;
  value: string;
  /** What may happen because of it, and the remedy; `loses` where it may lose what was accepted. */
  problem?: { sentence: string; remedy: string; loses: boolean };
}
