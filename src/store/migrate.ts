/** Brings the tables up to date, inside one transaction that its caller holds: all of it happens, or nothing. */

import type { Kysely, Transaction } from "kysely";
import type { Migration } from "kysely/migration";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { keyCheck } from "./migrations/0002-key-check.ts";
import { trailAndTraffic } from "./migrations/0003-trail-and-traffic.ts";
import { accountSettings } from "./migrations/0004-account-settings.ts";
import { callDownAndAccountLists } from "./migrations/0005-call-down-and-account-lists.ts";
import { managedAuthentication } from "./migrations/0006-managed-authentication.ts";
import { plugins } from "./migrations/0007-plugins.ts";
import { serverLogging } from "./migrations/0008-server-logging.ts";
import { sharedLogs } from "./migrations/0009-shared-logs.ts";
import { followedMailboxes } from "./migrations/0010-followed-mailboxes.ts";
import { administratorLogins } from "./migrations/0011-administrator-logins.ts";
import { leanIndexes } from "./migrations/0012-lean-indexes.ts";
import type { Tables } from "./schema.ts";

/** In order, and for ever: a migration that has run somewhere is never edited. */
const MIGRATIONS: readonly (readonly [name: string, migration: Migration])[] = [
  ["0001-first-tables", firstTables],
  ["0002-key-check", keyCheck],
  ["0003-trail-and-traffic", trailAndTraffic],
  ["0004-account-settings", accountSettings],
  ["0005-call-down-and-account-lists", callDownAndAccountLists],
  ["0006-managed-authentication", managedAuthentication],
  ["0007-plugins", plugins],
  ["0008-server-logging", serverLogging],
  ["0009-shared-logs", sharedLogs],
  ["0010-followed-mailboxes", followedMailboxes],
  ["0011-administrator-logins", administratorLogins],
  ["0012-lean-indexes", leanIndexes],
];

/** The names of what has run, in order. Makes the table that remembers them. */
export async function migrationsDone(transaction: Transaction<Tables>): Promise<string[]> {
  await transaction.schema
    .createTable("migrations")
    .ifNotExists()
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("run_at", "bigint", (column) => column.notNull())
    .execute();
  return migrationsIn(transaction);
}

/** The same where the table is known to be there. */
export async function migrationsIn(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom("migrations").select("name").orderBy("name").execute();
  return rows.map(({ name }) => name);
}

/** What a newer program than this one has run here. */
export function migrationsUnknown(done: readonly string[]): string[] {
  return done.filter((name) => !MIGRATIONS.some(([known]) => known === name));
}

/** What is still to be run, in order. */
export function migrationsOwed(done: readonly string[]): string[] {
  return MIGRATIONS.map(([name]) => name).filter((name) => !done.includes(name));
}

export async function migrate(transaction: Transaction<Tables>, done: readonly string[]): Promise<void> {
  for (const [name, migration] of MIGRATIONS) {
    if (done.includes(name)) continue;
    await migration.up(transaction);
    await transaction.insertInto("migrations").values({ name, run_at: Date.now() }).execute();
  }
}
