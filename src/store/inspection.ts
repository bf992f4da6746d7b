/** Looks at a database without changing it: what it is, how far its tables are, and whether it would take a write. */

import { Kysely } from "kysely";
import { asDatabaseError, dialectOf, WRITTEN_BY_A_NEWER } from "./database.ts";
import type { DatabaseFacts, Dialect } from "./dialect.ts";
import { migrationsIn, migrationsOwed, migrationsUnknown } from "./migrate.ts";
import type { Tables } from "./schema.ts";

export interface Inspection extends DatabaseFacts {
  /** Migrations that ran, and those that this program would run. */
  schema: { done: readonly string[]; owed: readonly string[] };
  /** Why this program leaves it as it is; undefined where it does not. */
  schemaProblem: string | undefined;
  /** Why it takes no writes; undefined where it does, or where there is no table yet. */
  writeProblem: string | undefined;
}

/** Throws a DatabaseError where it cannot be reached. A SQLite file that is not there would be made: look for it before. */
export async function inspectDatabase(url: string): Promise<Inspection> {
  const dialect = await dialectOf(url);
  const db = new Kysely<Tables>({ dialect: dialect.kysely });
  try {
    const facts = await dialect.facts(db);
    const done = facts.hasTables ? await migrationsIn(db) : [];
    return {
      ...facts,
      schema: { done, owed: migrationsOwed(done) },
      schemaProblem: migrationsUnknown(done).length > 0 ? WRITTEN_BY_A_NEWER : undefined,
      writeProblem: facts.hasTables ? await writeProblem(db, dialect) : undefined,
    };
  } catch (thrown) {
    throw asDatabaseError(thrown, dialect);
  } finally {
    await db.destroy();
  }
}

/** A write that touches no row needs the same rights and locks as one that does. */
async function writeProblem(db: Kysely<Tables>, dialect: Dialect): Promise<string | undefined> {
  try {
    await db.transaction().execute(async (transaction) => {
      await transaction.updateTable("users").set({ updated_at: 0 }).where("id", "=", "").execute();
      await transaction.deleteFrom("sessions").where("id", "=", "").execute();
    });
    return undefined;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : "it refuses";
    return dialect.refusal(thrown) ?? `The database of DATABASE_URL takes no writes: ${message}.`;
  }
}
