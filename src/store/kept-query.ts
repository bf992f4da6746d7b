/** Queries that are asked with every request: built once, because Kysely's building costs more than the database's answer. */

import type { CompiledQuery, Kysely, QueryResult } from "kysely";
import type { Tables } from "./schema.ts";

/** What a column holds. */
export type Value = string | number | null;

/** `query` was built with any values; each time they are given anew, in the order in which they stand in its text. */
export function keptQuery<Row>(
  db: Kysely<Tables>,
  query: CompiledQuery<Row>,
): (...values: readonly Value[]) => Promise<Row[]> {
  return async (...values) => (await executed(db, query, values)).rows;
}

/** A statement that was built before, with these values. */
export function executed<Row>(
  db: Kysely<Tables>,
  query: CompiledQuery<Row>,
  values: readonly Value[],
): Promise<QueryResult<Row>> {
  if (values.length !== query.parameters.length) throw new Error(`This query has other parameters: ${query.sql}`);
  return db.executeQuery<Row>({ ...query, parameters: values });
}
