/** The SQLite dialect: Node's own SQLite behind Kysely, durable to the last commit. */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { sql, type SqliteDatabase, type SqliteStatement } from "kysely";
import type { Dialect } from "./dialect.ts";
import { sqliteDialects } from "./sqlite-driver.ts";
import { sqliteFacts } from "./sqlite-facts.ts";
import { sqliteRefusal } from "./sqlite-refusals.ts";
import { createSyncedLog } from "./synced-log.ts";

/** Prepared statements kept per connection; our queries are a few dozen texts, lists of ids make some more. */
const KEPT_STATEMENTS = 200;
/**
 * Of 4 KiB: the log is brought into the file when it holds so many, while everybody waits. A page that many commits changed is
 * then written once; SQLite's own 1,000 are a few hundred calls.
 */
const CHECKPOINT_PAGES = 16_000;
/** Of each connection, and of which there are two: the upper pages of all indexes of a million calls, where 2 MiB are the default. */
const CACHE_KIB = 8_000;

/** One transaction at a time, and a transaction keeps every other process from writing: no row needs a lock. */
export function sqlite(file: string): Dialect {
  const listeners = new Set<() => void>();
  const isFile = file !== ":memory:";
  const writer = openFile(file);
  const { durable, relaxed } = sqliteDialects({
    writer: keepingStatements(writer),
    isInTransaction: () => writer.isTransaction,
    reader: isFile ? keepingStatements(openFile(file)) : undefined,
    log: isFile ? createSyncedLog(`${file}-wal`) : undefined,
  });
  return {
    kysely: durable,
    relaxedKysely: relaxed,
    lockSchema: () => Promise.resolve(),
    locking: (query) => query,
    lockingOrSkipping: (query) => query,
    // A transaction here would hold up everybody else while a CRM is asked.
    withUserLocked: (db, _userId, work) => work(db),
    insertsAtOnce: false,
    rowsOf(columns, rows) {
      const values = Object.keys(columns).map((name, at) => sql`value ->> ${sql.lit(at)} as ${sql.ref(name)}`);
      return sql`(select ${sql.join(values)} from json_each(${JSON.stringify(rows)}))`;
    },
    isAmong: (column, values) =>
      sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
    underKeys({ table, keyColumns, columns }, keys) {
      const isUnderKey = keyColumns.map(
        (column, at) => sql`${sql.ref(`found.${column}`)} = asked.value ->> ${sql.lit(at)}`,
      );
      return sql`(
        select asked.key as at, ${sql.join(columns.map((column) => sql.ref(`found.${column}`)))}
        from json_each(${JSON.stringify(keys)}) as asked cross join ${sql.table(table)} as found
        where ${sql.join(isUnderKey, sql` and `)}
      )`;
    },
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
    tellUserChanged: () => Promise.resolve(),
    watchUsers(changed) {
      // Changes when another connection writes, and nobody else's but another process's does: ours reads only.
      const version = writer.prepare("PRAGMA data_version");
      const present = () => version.get()?.["data_version"];
      let last = present();
      // Requests that are answered in one turn of the event loop ask once.
      let isFresh = false;
      const isWatching = () => {
        if (isFresh) return true;
        const now = present();
        if (now !== last) changed(undefined);
        last = now;
        isFresh = true;
        setImmediate(() => {
          isFresh = false;
        });
        return true;
      };
      return Promise.resolve({ isWatching, stop: () => Promise.resolve() });
    },
    isAway: () => false,
    refusal: sqliteRefusal,
    facts: sqliteFacts,
    pool: () => undefined,
  };
}

function openFile(file: string): DatabaseSync {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  // The time-out comes first: already the change to WAL may have to wait for a process that opens the file at the same
  // moment. NORMAL leaves it to us to bring commits to the disk, many at once (synced-log.ts); the rest is as safe as FULL.
  database.exec(
    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON",
  );
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  return database;
}

function keepingStatements(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = asKyselyStatement(database.prepare(text));
      if (kept.size >= KEPT_STATEMENTS) kept.clear();
      kept.set(text, statement);
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
