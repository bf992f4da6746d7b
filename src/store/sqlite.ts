/** The SQLite dialect: Node's own SQLite behind Kysely, durable to the last commit. */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { SqliteDialect, type SqliteDatabase, type SqliteStatement } from "kysely";
import type { Dialect } from "./dialect.ts";

/** Prepared statements kept per connection; our queries are a few dozen texts, lists of ids make some more. */
const KEPT_STATEMENTS = 200;
/**
 * Waits for its turn to write before it reads. A transaction that read first could not become a writing one once another
 * process has written: SQLite refuses that at once, whatever the time-out ("BEGIN IMMEDIATE", sqlite.org/lang_transaction).
 */
const BEGIN = "begin immediate";

/** One connection runs one transaction at a time, and a transaction keeps every other process from writing: no row needs a lock. */
export function sqlite(file: string): Dialect {
  const listeners = new Set<() => void>();
  return {
    kysely: new SqliteDialect({ database: keepingStatements(openFile(file)) }),
    lockSchema: () => Promise.resolve(),
    locking: (query) => query,
    lockingOrSkipping: (query) => query,
    // A transaction here would hold up everybody else while a CRM is asked.
    withUserLocked: (db, _userId, work) => work(db),
    wakeWorkers: () => {
      for (const listener of listeners) listener();
      return Promise.resolve();
    },
    onWake(listener) {
      listeners.add(listener);
      return Promise.resolve(() => {
        listeners.delete(listener);
        return Promise.resolve();
      });
    },
    isAway: () => false,
    refusal: () => undefined,
  };
}

function openFile(file: string): DatabaseSync {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  // FULL makes every commit reach the disk before we answer: what is accepted survives a power cut. The time-out comes
  // first: already the change to WAL may have to wait for a process that opens the file at the same moment.
  database.exec(
    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON",
  );
  return database;
}

function keepingStatements(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = asKyselyStatement(database.prepare(sql === "begin" ? BEGIN : sql));
      if (kept.size >= KEPT_STATEMENTS) kept.clear();
      kept.set(sql, statement);
      return statement;
    },
  };
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(asSqlValue)),
    run: (parameters) => statement.run(...parameters.map(asSqlValue)),
    iterate: (parameters) => statement.iterate(...parameters.map(asSqlValue)),
  };
}

function asSqlValue(value: unknown): string | number | bigint | null {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint")
    return value;
  throw new TypeError(`A column cannot hold a value of type ${typeof value}.`);
}
