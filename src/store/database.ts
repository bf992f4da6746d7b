/** Opens the database that `DATABASE_URL` names and brings its tables up to date. */

import { Kysely, type LogEvent } from "kysely";
import { Migrator } from "kysely/migration";
import type { Dialect } from "./dialect.ts";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { postgres } from "./postgres.ts";
import type { Tables } from "./schema.ts";
import { sqlite } from "./sqlite.ts";

/** A database that cannot be used, as one sentence for the operator. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

export interface Database {
  db: Kysely<Tables>;
  dialect: Dialect;
  close(): Promise<void>;
}

/** In order, and for ever: a migration that has run somewhere is never edited. */
const MIGRATIONS = { "0001-first-tables": firstTables };

/** `url` is `sqlite:<path>` or `postgres://…`; `onQuery` sees every statement, for counting. */
export async function openDatabase(url: string, onQuery?: (event: LogEvent) => void): Promise<Database> {
  const dialect = url.startsWith("sqlite:") ? sqlite(url.slice("sqlite:".length)) : postgres(url);
  const db = new Kysely<Tables>({
    dialect: dialect.kysely,
    ...(onQuery === undefined ? {} : { log: onQuery }),
  });
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  // Runs under a lock of the database's: any number of processes may start at once.
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw unusable(error, dialect);
  }
  return { db, dialect, close: () => db.destroy() };
}

function unusable(error: unknown, dialect: Dialect): unknown {
  const message = error instanceof Error ? error.message : "";
  if (/previously executed migration/.test(message)) {
    return new DatabaseError(
      "The database of DATABASE_URL was written by a newer Trunkline; start that version or restore a backup.",
    );
  }
  if (dialect.isAway(error)) return new DatabaseError(`The database of DATABASE_URL cannot be reached: ${message}.`);
  return error;
}
