/** Rows of one table under keys that are asked for at the same time, by as many requests as there are: one statement for all. */

import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { LookUp } from "./dialect.ts";
import { keptQuery } from "./kept-query.ts";
import { type ReadKeys, readTogether } from "./read-together.ts";

/** `Row` has the columns that the look-up names. A key has a value for each column of the key. */
export function createLookUp<Row extends object>(
  { db, dialect }: Pick<Database, "db" | "dialect">,
  look: LookUp,
): ReadKeys<readonly string[], Row> {
  const found = sql`${dialect.underKeys(look, [])}`.as("found");
  const read = keptQuery(db, db.selectFrom(found).selectAll().$castTo<Row & { at: number }>().compile());
  return readTogether<readonly string[], Row>(async (keys) => {
    const rows: Row[][] = keys.map(() => []);
    for (const row of await read(JSON.stringify(keys))) rows[row.at]?.push(row);
    return rows;
  });
}
