/** Gives PostgreSQL's statements names: a connection then parses a text once, and from its sixth run on need not plan it anew. */

import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient } from "pg";

/** Our texts are some dozens. Lists of values would make ever more of them, and each costs every connection memory. */
const NAMES = 150;
/**
 * A newer Trunkline may add a column while this one runs. PostgreSQL then refuses to run a named statement that answers with
 * all columns ("cached plan must not change result type", postgresql.org/docs/current/sql-prepare.html).
 */
const ALL_COLUMNS = /\*/;

/** What the driver is given instead of the pool. */
export function withNamedStatements(pool: Pool): PostgresPool {
  const names = new Map<string, string>();
  const known = new WeakMap<PoolClient, PostgresPoolClient>();

  function nameOf(text: string, values: readonly unknown[]): string | undefined {
    const name = names.get(text);
    if (name !== undefined) return name;
    if (names.size >= NAMES || values.length === 0 || ALL_COLUMNS.test(text)) return undefined;
    const fresh = `trunkline_${names.size}`;
    names.set(text, fresh);
    return fresh;
  }

  function naming(client: PoolClient): PostgresPoolClient {
    function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
    function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
    function query(text: unknown, values: readonly unknown[] = []): unknown {
      if (typeof text !== "string") throw new TypeError("Nothing is read through a cursor here.");
      const name = nameOf(text, values);
      return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
    }
    return { query, release: (destroy) => client.release(destroy) };
  }

  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const present = known.get(client) ?? naming(client);
      known.set(client, present);
      return present;
    },
    end: () => pool.end(),
  };
}
