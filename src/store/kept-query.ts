/** Queries that are asked with every request: built once, because Kysely's building costs more than the database's answer. */

import type { CompiledQuery, Kysely } from "kysely";
import type { Tables } from "./schema.ts";

/** `query` was built with any values; each time they are given anew, in the order in which they stand in its text. */
export function keptQuery<Row>(
  db: Kysely<Tables>,
  query: CompiledQuery<Row>,
): (...values: readonly (string | number | null)[]) => Promise<Row[]> {
  return async (...values) => {
    if (values.length !== query.parameters.length) throw new Error(`This query has other parameters: ${query.sql}`);
    const { rows } = await db.executeQuery<Row>({ ...query, parameters: values });
    return rows;
  };
}
