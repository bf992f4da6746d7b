/** One connection to a SQLite file: its settings, and the statements that it has prepared. */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { SqliteDatabase, SqliteStatement } from "kysely";

/** Prepared statements kept per connection; our queries are a few dozen texts, lists of ids make some more. */
const KEPT_STATEMENTS = 200;
/**
 * Of 4 KiB: the log is brought into the file when it holds so many, while everybody waits. A page that many commits changed is
 * then written once; SQLite's own 1,000 are a few hundred calls.
 */
const CHECKPOINT_PAGES = 16_000;
/**
 * The page cache holds the upper pages of all indexes of a million calls and, for whoever reads, those of a thousand calls that are
 * asked for again and again, as the ones on people's screens are. SQLite's default is 2 MiB.
 */
const SETTINGS = {
  /** Waits beside the event loop until another connection has written (when-free.ts), and never in it. */
  writes: { cacheKib: 8_000, patienceMs: 0 },
  /** Waits only where another process recovers the file. */
  reads: { cacheKib: 16_000, patienceMs: 5_000 },
} as const;

export interface SqliteConnection extends SqliteDatabase {
  /** Whether a transaction is open: some failures, such as a full disk, end it. */
  isInTransaction(): boolean;
}

export function openSqlite(file: string, purpose: keyof typeof SETTINGS): SqliteConnection {
  const { cacheKib, patienceMs } = SETTINGS[purpose];
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  // The time-out comes first: already the change to WAL may have to wait for a process that opens the file at the same
  // moment. NORMAL leaves it to us to bring commits to the disk, many at once (synced-log.ts); the rest is as safe as FULL.
  database.exec(
    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON",
  );
  database.exec(
    `PRAGMA cache_size = -${cacheKib}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA busy_timeout = ${patienceMs}`,
  );
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = prepared(database.prepare(text));
      if (kept.size >= KEPT_STATEMENTS) kept.clear();
      kept.set(text, statement);
      return statement;
    },
    isInTransaction: () => database.isTransaction,
    close: () => database.close(),
  };
}

function prepared(statement: StatementSync): SqliteStatement {
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
