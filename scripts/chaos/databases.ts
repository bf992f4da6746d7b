/** The database of a run, seen from outside: what the ledger still owes, and how connections to it are torn. */

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import type { Random } from "./random.ts";

export interface ChaosDatabase {
  name: "SQLite" | "PostgreSQL";
  /** What a server needs to use it. */
  environment: Readonly<Record<string, string>>;
  /** How many servers may share it. */
  replicas: number;
  /** Entries that are neither in the CRM nor refused. */
  unsettled(): Promise<number>;
  /** Ends some of the connections that servers have; answers how many. */
  terminateBackEnds(random: Random): Promise<number>;
}

const UNSETTLED = "select count(*) as entries from log_entries where state not in ('written', 'refused')";

export function sqliteIn(folder: string): ChaosDatabase {
  const file = join(folder, "trunkline.db");
  return {
    name: "SQLite",
    environment: { DATABASE_URL: `sqlite:${file}` },
    replicas: 1,
    unsettled() {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
      try {
        return Promise.resolve(Number(database.prepare(UNSETTLED).get()?.["entries"]));
      } finally {
        database.close();
      }
    },
    terminateBackEnds: () => Promise.resolve(0),
  };
}

export function postgresAt(url: string): ChaosDatabase {
  return {
    name: "PostgreSQL",
    environment: {
      DATABASE_URL: url,
      APP_SERVER_SECRET_KEY: "a secret of the chaos run, long enough",
      HASH_KEY: "a hash key of the chaos run",
    },
    replicas: 2,
    unsettled: async () => Number((await ask(url, UNSETTLED))[0]?.["entries"]),
    async terminateBackEnds(random) {
      const some = random.chance(0.3) ? 1_000 : random.between(1, 5);
      const rows = await ask(url, TERMINATE, [some]);
      return rows.length;
    },
  };
}

const TERMINATE = `select pg_terminate_backend(pid) from (
  select pid from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() order by random() limit $1
) as chosen`;

/** A fresh database on a server, and how to be rid of it. */
export async function createPostgres(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `trunkline_chaos_${randomBytes(6).toString("hex")}`;
  await ask(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: async () => void (await ask(server, `drop database ${name} with (force)`)) };
}

async function ask(url: string, statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement, values);
    return rows;
  } finally {
    await client.end();
  }
}
