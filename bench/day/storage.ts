/** How many bytes a database takes on disk. */

import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import type { PostgresDatabase } from "../contestants/databases.ts";

export async function storedBytes(database: string | PostgresDatabase): Promise<number> {
  return typeof database === "string" ? bytesOfFile(database) : bytesOnServer(database.url);
}

function bytesOfFile(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const of = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
    return (of("page_count") - of("freelist_count")) * of("page_size");
  } finally {
    database.close();
  }
}

async function bytesOnServer(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ bytes: string }>("select pg_database_size(current_database()) as bytes");
    return Number(rows[0]?.bytes);
  } finally {
    await client.end();
  }
}
