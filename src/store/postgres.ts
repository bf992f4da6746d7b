/** The PostgreSQL dialect: a limited pool, time-outs on everything, verified TLS, and locks that other processes see. */

import { PostgresDialect, sql } from "kysely";
import { Pool, type PoolConfig, TypeOverrides, types } from "pg";
import type { Dialect } from "./dialect.ts";
import { withNamedStatements } from "./named-statements.ts";
import { postgresFacts } from "./postgres-facts.ts";
import { createPostgresListener } from "./postgres-listener.ts";
import { postgresRefusal } from "./postgres-refusals.ts";

const POOL_SIZE = 10;
const RELAXED_POOL_SIZE = 5;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
/** Longer than a request to a CRM: a token is refreshed while the user's row is held. */
const IDLE_IN_TRANSACTION_MS = 20_000;
const LEDGER_CHANNEL = "trunkline_ledger";
const USERS_CHANNEL = "trunkline_users";
/** A firewall forgets silent connections: they are kept known. */
const KEEP_ALIVE_MS = 10_000;
const SCHEMA_LOCK = "trunkline_schema";

/**
 * SQLSTATEs and network errors that mean "not now": connection lost or not allowed at the moment, shutting down, starting up, a
 * stand-by that is not yet the primary, out of room, a deadlock, a statement that took too long.
 */
const AWAY =
  /^(08...|25006|25P03|40001|40P01|53...|55000|57014|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
const AWAY_WITHOUT_CODE =
  /terminat|timeout exceeded when trying to connect|Query read timeout|not queryable|Connection ended/i;

export function postgres(url: string): Dialect {
  const connection = {
    connectionString: withVerifiedTls(url),
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types: numbersForInt8(),
  };
  const limited = {
    ...connection,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + CONNECT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
  const pool = survivingPool({ ...limited, max: POOL_SIZE });
  const listener = createPostgresListener(connection);

  return {
    kysely: new PostgresDialect({ pool: withNamedStatements(pool) }),
    relaxedKysely: new PostgresDialect({
      pool: () => {
        const relaxed = survivingPool({ ...limited, max: RELAXED_POOL_SIZE, options: "-c synchronous_commit=off" });
        return Promise.resolve(withNamedStatements(relaxed));
      },
    }),
    patientKysely: new PostgresDialect({ pool: () => Promise.resolve(new Pool({ ...connection, max: 1 })) }),
    async lockSchema(transaction) {
      await sql`select pg_advisory_xact_lock(hashtext(${SCHEMA_LOCK}))`.execute(transaction);
    },
    locking: (query) => query.forUpdate(),
    lockingOrSkipping: (query) => query.forUpdate().skipLocked(),
    withUserLocked: (db, userId, work) =>
      db.transaction().execute(async (held) => {
        await held.selectFrom("users").select("id").where("id", "=", userId).forUpdate().execute();
        return work(held);
      }),
    insertsAtOnce: true,
    rowsOf(columns, rows) {
      const values = Object.entries(columns).map(
        ([name, type], at) => sql`(value ->> ${sql.lit(at)})::${sql.raw(type)} as ${sql.ref(name)}`,
      );
      return sql`(select ${sql.join(values)} from json_array_elements(${JSON.stringify(rows)}::json))`;
    },
    // An array of known origin is looked up in the index; joined with the elements, the whole table might be read instead.
    isAmong: (column, values) =>
      sql<boolean>`${sql.ref(column)} = any(array(select json_array_elements_text(${JSON.stringify(values)}::json)))`,
    // The inner query is kept by itself: joined with the keys, the whole table might be read instead.
    underKeys({ table, keyColumns, columns }, keys) {
      const isUnderKey = keyColumns.map((column, at) => sql`${sql.ref(column)} = key ->> ${sql.lit(at)}`);
      return sql`(
        select (place - 1)::integer as at, found.*
        from json_array_elements(${JSON.stringify(keys)}::json) with ordinality as asked (key, place)
        cross join lateral (
          select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)}
          where ${sql.join(isUnderKey, sql` and `)} offset 0
        ) as found
      )`;
    },
    async wakeWorkers(db) {
      await sql`select pg_notify(${LEDGER_CHANNEL}, '')`.execute(db);
    },
    onWake: async (woken) => (await listener.listen(LEDGER_CHANNEL, { heard: () => woken() })).stop,
    async tellUserChanged(db, userId) {
      await sql`select pg_notify(${USERS_CHANNEL}, ${userId})`.execute(db);
    },
    async watchUsers(changed) {
      const { isListening, stop } = await listener.listen(USERS_CHANNEL, {
        heard: (userId) => changed(userId),
        lost: () => changed(undefined),
      });
      return { isWatching: isListening, stop };
    },
    refusal: postgresRefusal,
    facts: postgresFacts,
    pool: () => ({ limit: POOL_SIZE, open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    isAway(error) {
      if (!(error instanceof Error)) return false;
      const code: unknown = Reflect.get(error, "code");
      return typeof code === "string" ? AWAY.test(code) : AWAY_WITHOUT_CODE.test(error.message);
    },
  };
}

/**
 * A connection that breaks fails the query that runs on it, and is replaced. Without listeners, for connections that are idle
 * and for those that are in use, it would end the process.
 */
function survivingPool(options: PoolConfig): Pool {
  const pool = new Pool(options);
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** The server's certificate is checked unless the address says `sslmode=disable`. */
function withVerifiedTls(address: string): string {
  const url = new URL(address);
  if (url.searchParams.get("sslmode") !== "disable") url.searchParams.set("sslmode", "verify-full");
  return url.href;
}

/** Our int8 columns are epoch milliseconds, which a number holds exactly. */
function numbersForInt8(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, Number);
  return overrides;
}
