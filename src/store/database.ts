/** Opens the database that `DATABASE_URL` names and brings its tables up to date. */

import { Kysely, type LogEvent } from "kysely";
import { Migrator } from "kysely/migration";
import { firstTables } from "./migrations/0001-first-tables.ts";
import type { Tables } from "./schema.ts";
import { sqliteDialect } from "./sqlite.ts";

export type Database = Kysely<Tables>;

/** In order, and for ever: a migration that has run somewhere is never edited. */
const MIGRATIONS = { "0001-first-tables": firstTables };

/** `url` is `sqlite:<path>`; `onQuery` sees every statement, for counting. */
export async function openDatabase(url: string, onQuery?: (event: LogEvent) => void): Promise<Database> {
  const db: Database = new Kysely<Tables>({
    dialect: sqliteDialect(url.slice("sqlite:".length)),
    ...(onQuery === undefined ? {} : { log: onQuery }),
  });
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw error;
  }
  return db;
}
