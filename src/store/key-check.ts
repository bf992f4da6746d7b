/** Whether our keys are those of the database: a value that was sealed at the first start must open. */

import type { Kysely } from "kysely";
import type { Tables } from "./schema.ts";
import type { Vault } from "./vault.ts";

/** None of our keys opens what is stored. */
export class WrongKeyError extends Error {
  override readonly name = "WrongKeyError";
}

const ID = "only";
const PLACE = JSON.stringify([ID, "key_check.sealed"]);
const TEXT = "Trunkline";

/** Throws a WrongKeyError unless one of the keys opens the value; the first start leaves one. */
export async function checkKey(db: Kysely<Tables>, vault: Vault): Promise<void> {
  let left = await sealedIn(db);
  if (left === undefined) {
    await db
      .insertInto("key_check")
      .values({ id: ID, sealed: vault.seal(TEXT, PLACE) })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
    left = await sealedIn(db);
  }
  if (left === undefined || !opens(vault, left)) {
    throw new WrongKeyError("The database was encrypted with another key.");
  }
}

async function sealedIn(db: Kysely<Tables>): Promise<string | undefined> {
  const row = await db.selectFrom("key_check").select("sealed").where("id", "=", ID).executeTakeFirst();
  return row?.sealed;
}

/** From now on only the first key counts: a process that has just older ones is refused. */
export async function renewKeyCheck(db: Kysely<Tables>, vault: Vault): Promise<void> {
  await db
    .updateTable("key_check")
    .set({ sealed: vault.seal(TEXT, PLACE) })
    .execute();
}

function opens(vault: Vault, sealed: string): boolean {
  try {
    return vault.open(sealed, PLACE) === TEXT;
  } catch {
    return false;
  }
}
