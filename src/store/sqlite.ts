/** The SQLite dialect: Node's own SQLite behind Kysely, durable to the last commit. */

import { sql } from "kysely";
import type { Dialect } from "./dialect.ts";
import { openSqlite } from "./sqlite-connection.ts";
import { sqliteDialects } from "./sqlite-driver.ts";
import { sqliteFacts } from "./sqlite-facts.ts";
import { sqliteRefusal } from "./sqlite-refusals.ts";
import { createSyncedLog } from "./synced-log.ts";

/** One transaction at a time, and a transaction keeps every other process from writing: no row needs a lock. */
export function sqlite(file: string): Dialect {
  const listeners = new Set<() => void>();
  const isFile = file !== ":memory:";
  const writer = openSqlite(file, "writes");
  const { durable, relaxed } = sqliteDialects({
    writer,
    reader: isFile ? openSqlite(file, "reads") : undefined,
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
      const present = () => Reflect.get(Object(writer.prepare("PRAGMA data_version").all([])[0]), "data_version");
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
