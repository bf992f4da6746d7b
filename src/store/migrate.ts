/** Brings the tables up to date, inside one transaction that its caller holds: all of it happens, or nothing. */

import type { Transaction } from "kysely";
import type { Migration } from "kysely/migration";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { keyCheck } from "./migrations/0002-key-check.ts";
import type { Tables } from "./schema.ts";

/** In order, and for ever: a migration that has run somewhere is never edited. */
const MIGRATIONS: readonly (readonly [name: string, migration: Migration])[] = [
  ["0001-first-tables", firstTables],
  ["0002-key-check", keyCheck],
];

/** The names of what has run, in order. Makes the table that remembers them. */
export async function migrationsDone(transaction: Transaction<Tables>): Promise<string[]> {
  await transaction.schema
    .createTable("migrations")
    .ifNotExists()
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("run_at", "bigint", (column) => column.notNull())
    .execute();
  const rows = await transaction.selectFrom("migrations").select("name").orderBy("name").execute();
  return rows.map((row) => row.name);
}

/** Whether a newer program than this one has been here. */
export function isNewer(done: readonly string[]): boolean {
  return done.some((name) => !MIGRATIONS.some(([known]) => known === name));
}

export async function migrate(transaction: Transaction<Tables>, done: readonly string[]): Promise<void> {
  for (const [name, migration] of MIGRATIONS) {
    if (done.includes(name)) continue;
    await migration.up(transaction);
    await transaction.insertInto("migrations").values({ name, run_at: Date.now() }).execute();
  }
}
