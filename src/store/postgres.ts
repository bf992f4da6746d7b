/** The PostgreSQL dialect: a limited pool, time-outs on everything, verified TLS, and locks that other processes see. */

import { PostgresDialect, sql } from "kysely";
import { Client, type ClientConfig, Pool, TypeOverrides, types } from "pg";
import type { Dialect } from "./dialect.ts";
import { postgresRefusal } from "./postgres-refusals.ts";

const POOL_SIZE = 10;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
/** Longer than a request to a CRM: a token is refreshed while the user's row is held. */
const IDLE_IN_TRANSACTION_MS = 20_000;
const LISTEN_AGAIN_AFTER_MS = 2_000;
const CHANNEL = "trunkline_ledger";
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
    types: numbersForInt8(),
  };
  const pool = new Pool({
    ...connection,
    max: POOL_SIZE,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + CONNECT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  });
  // A connection that breaks fails the query that runs on it, and is replaced. Without listeners, for connections that are
  // idle and for those that are in use, it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));

  return {
    kysely: new PostgresDialect({ pool }),
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
    async wakeWorkers(db) {
      await sql`select pg_notify(${CHANNEL}, '')`.execute(db);
    },
    onWake: (listener) => listen(connection, listener),
    refusal: postgresRefusal,
    isAway(error) {
      if (!(error instanceof Error)) return false;
      const code: unknown = Reflect.get(error, "code");
      return typeof code === "string" ? AWAY.test(code) : AWAY_WITHOUT_CODE.test(error.message);
    },
  };
}

/** Keeps a connection of its own that listens, and makes a new one when it breaks. Polling covers the time between. */
async function listen(connection: ClientConfig, listener: () => void): Promise<() => Promise<void>> {
  let client: Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const fresh = new Client(connection);
    client = fresh;
    const broken = () => {
      if (client !== fresh || stopped) return;
      client = undefined;
      again = setTimeout(() => void connect(), LISTEN_AGAIN_AFTER_MS);
      void fresh.end().catch(() => undefined);
    };
    fresh.on("error", broken);
    fresh.on("end", broken);
    fresh.on("notification", listener);
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
    } catch {
      broken();
    }
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(again);
    await client?.end().catch(() => undefined);
  };
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
