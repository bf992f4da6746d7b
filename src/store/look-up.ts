/** Rows of one table under a key, asked for by as many requests as there are at the same time: one statement for all. */

import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { LookUp } from "./dialect.ts";
import { keptQuery } from "./kept-query.ts";
import { together } from "./together.ts";

/** `Row` has the columns that the look-up names. A key has a value for each column of the key. */
export function createLookUp<Row extends object>(
  { db, dialect }: Pick<Database, "db" | "dialect">,
  look: LookUp,
): (key: readonly string[]) => Promise<Row[]> {
  const found = sql`${dialect.underKeys(look, [])}`.as("found");
  const read = keptQuery(db, db.selectFrom(found).selectAll().$castTo<Row & { at: number }>().compile());
  return together(async (keys) => {
    const rows: Row[][] = keys.map(() => []);
    for (const row of await read(JSON.stringify(keys))) rows[row.at]?.push(row);
    return rows;
  });
}
