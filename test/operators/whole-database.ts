/** Everything that a database holds, read past Trunkline, for comparing before and after. */

import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";

export interface RawDatabase {
  rows(statement: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function rawDatabase(url: string): Promise<RawDatabase> {
  if (url.startsWith("sqlite:")) {
    const database = new DatabaseSync(url.slice("sqlite:".length));
    return {
      rows: (statement) => Promise.resolve(database.prepare(statement).all()),
      close: () => Promise.resolve(database.close()),
    };
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    rows: async (statement) => (await client.query<Record<string, unknown>>(statement)).rows,
    close: () => client.end(),
  };
}

/** What one statement answers, through a connection of its own. */
export async function rowsOf(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const database = await rawDatabase(url);
  try {
    return await database.rows(statement);
  } finally {
    await database.close();
  }
}

const TABLES = [
  "users",
  "sessions",
  "log_entries",
  "contact_numbers",
  "cached_notes",
  "trail",
  "account_settings",
  "user_mappings",
  "logging_fields",
  "call_down_entries",
  "account_lists",
  "ringcentral_logins",
  "followed_logs",
  "followed_mailboxes",
  "recorded_calls",
  "recorded_messages",
  "shared_logs",
  "plugins",
  "plugin_tasks",
  "key_check",
  "migrations",
];

/** Every row of every table. */
export async function wholeDatabase(url: string): Promise<Record<string, unknown>> {
  const tables = await Promise.all(
    TABLES.map(async (table) => [table, await rowsOf(url, `select * from ${table} order by 1, 2`)]),
  );
  return Object.fromEntries(tables);
}
