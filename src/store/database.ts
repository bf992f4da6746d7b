/** Opens the database that `DATABASE_URL` names: a newer one or one of another key is left as it is, an older one brought up to date. */

import { Kysely, type LogEvent } from "kysely";
import type { Dialect } from "./dialect.ts";
import { checkKey } from "./key-check.ts";
import { isNewer, migrate, migrationsDone } from "./migrate.ts";
import { postgres } from "./postgres.ts";
import type { Tables } from "./schema.ts";
import { sqlite } from "./sqlite.ts";
import type { Vault } from "./vault.ts";

/** A database that cannot be used, as one sentence for the operator. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

export interface Database {
  db: Kysely<Tables>;
  dialect: Dialect;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `sqlite:<path>` or `postgres://…`. */
  url: string;
  vault: Vault;
  /** Sees every statement, for counting. */
  onQuery?: ((event: LogEvent) => void) | undefined;
}

/** Throws a DatabaseError, or a WrongKeyError; then nothing in the database has changed. */
export async function openDatabase({ url, vault, onQuery }: DatabaseOptions): Promise<Database> {
  const dialect = url.startsWith("sqlite:") ? sqlite(url.slice("sqlite:".length)) : postgres(url);
  const db = new Kysely<Tables>({
    dialect: dialect.kysely,
    ...(onQuery === undefined ? {} : { log: onQuery }),
  });
  try {
    await prepare(db, dialect, vault);
  } catch (thrown) {
    await db.destroy();
    const refusal = dialect.refusal(thrown);
    if (refusal !== undefined) throw new DatabaseError(refusal);
    if (!dialect.isAway(thrown)) throw thrown;
    const message = thrown instanceof Error ? thrown.message : "";
    throw new DatabaseError(`The database of DATABASE_URL cannot be reached: ${message}.`);
  }
  return { db, dialect, close: () => db.destroy() };
}

/** One transaction, behind a lock: any number of processes may start at once, and one that dies half-way leaves nothing behind. */
async function prepare(db: Kysely<Tables>, dialect: Dialect, vault: Vault): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await dialect.lockSchema(transaction);
    const done = await migrationsDone(transaction);
    if (isNewer(done)) {
      throw new DatabaseError(
        "The database of DATABASE_URL was written by a newer Trunkline; start that version or restore a backup.",
      );
    }
    if (done.includes("0002-key-check")) await checkKey(transaction, vault);
    await migrate(transaction, done);
    await checkKey(transaction, vault);
  });
}
