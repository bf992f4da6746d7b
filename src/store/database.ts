/** Opens the database that `DATABASE_URL` names: a newer one or one of another key is left as it is, an older one brought up to date. */

import { Kysely, type LogEvent } from "kysely";
import type { Dialect } from "./dialect.ts";
import { checkKey } from "./key-check.ts";
import { migrate, migrationsDone, migrationsIn, migrationsOwed, migrationsUnknown } from "./migrate.ts";
import type { Tables } from "./schema.ts";
import { sqlite } from "./sqlite.ts";
import { sqliteRefusal } from "./sqlite-refusals.ts";
import type { Vault } from "./vault.ts";

/** A database that cannot be used, as one sentence for the operator. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

export const WRITTEN_BY_A_NEWER =
  "The database of DATABASE_URL was written by a newer Trunkline; start that version or restore a backup.";

export interface Database {
  db: Kysely<Tables>;
  /** For changes that a power cut may undo. */
  relaxedDb: Kysely<Tables>;
  dialect: Dialect;
  close(): Promise<void>;
}

export interface OpenedDatabase extends Database {
  /** What was run at this opening to bring the tables up to date. */
  migrated: readonly string[];
}

export interface DatabaseOptions {
  /** `sqlite:<path>` or `postgres://…`. */
  url: string;
  vault: Vault;
  /** Sees every statement, for counting. */
  onQuery?: ((event: LogEvent) => void) | undefined;
}

/** Throws a DatabaseError, or a WrongKeyError; then nothing in the database has changed. */
export async function openDatabase({ url, vault, onQuery }: DatabaseOptions): Promise<OpenedDatabase> {
  const dialect = await dialectOf(url);
  const log = onQuery === undefined ? {} : { log: onQuery };
  const db = new Kysely<Tables>({ dialect: dialect.kysely, ...log });
  const relaxedDb = new Kysely<Tables>({ dialect: dialect.relaxedKysely, ...log });
  const close = async () => {
    await relaxedDb.destroy();
    await db.destroy();
  };
  try {
    const migrated = await preparePatiently(db, dialect, vault);
    return { db, relaxedDb, dialect, migrated, close };
  } catch (thrown) {
    await close();
    throw asDatabaseError(thrown, dialect);
  }
}

/** Opens a file at once, but no connection to a server. */
export async function dialectOf(url: string): Promise<Dialect> {
  if (!url.startsWith("sqlite:")) {
    // Its driver is not loaded where nobody uses it.
    const { postgres } = await import("./postgres.ts");
    return postgres(url);
  }
  try {
    return sqlite(url.slice("sqlite:".length));
  } catch (thrown) {
    const refusal = sqliteRefusal(thrown);
    throw refusal === undefined ? thrown : new DatabaseError(refusal);
  }
}

/** A DatabaseError where the operator can help, else what was thrown. */
export function asDatabaseError(thrown: unknown, dialect: Dialect): unknown {
  const refusal = dialect.refusal(thrown);
  if (refusal !== undefined) return new DatabaseError(refusal);
  if (!dialect.isAway(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : "";
  return new DatabaseError(`The database of DATABASE_URL cannot be reached: ${message}.`);
}

async function preparePatiently(db: Kysely<Tables>, dialect: Dialect, vault: Vault): Promise<string[]> {
  if (dialect.patientKysely === undefined) return prepare(db, dialect, vault);
  if (await isUpToDate(db, dialect)) {
    await checkKey(db, vault);
    return [];
  }
  const patient = new Kysely<Tables>({ dialect: dialect.patientKysely });
  try {
    return await prepare(patient, dialect, vault);
  } finally {
    await patient.destroy();
  }
}

/** As at most starts: then there is nothing to be patient for. */
async function isUpToDate(db: Kysely<Tables>, dialect: Dialect): Promise<boolean> {
  if (!(await dialect.facts(db)).hasTables) return false;
  const done = await migrationsIn(db);
  return migrationsOwed(done).length === 0 && migrationsUnknown(done).length === 0;
}

/** One transaction, behind a lock: any number of processes may start at once, and one that dies half-way leaves nothing behind. */
async function prepare(db: Kysely<Tables>, dialect: Dialect, vault: Vault): Promise<string[]> {
  return db.transaction().execute(async (transaction) => {
    await dialect.lockSchema(transaction);
    const done = await migrationsDone(transaction);
    if (migrationsUnknown(done).length > 0) {
      throw new DatabaseError(WRITTEN_BY_A_NEWER);
    }
    if (done.includes("0002-key-check")) await checkKey(transaction, vault);
    await migrate(transaction, done);
    await checkKey(transaction, vault);
    return migrationsOwed(done);
  });
}
