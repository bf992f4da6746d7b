/** Queries that are asked with every request: built once, because Kysely's building costs more than the database's answer. */

import type { CompiledQuery, Kysely, QueryResult } from "kysely";
import type { Tables } from "./schema.ts";

type Value = string | number | null;

/** `query` was built with any values; each time they are given anew, in the order in which they stand in its text. */
export function keptQuery<Row>(
  db: Kysely<Tables>,
  query: CompiledQuery<Row>,
): (...values: readonly Value[]) => Promise<Row[]> {
  return async (...values) => (await executed(db, query, values)).rows;
}

/**
 * Insertions or updates of a row, built once for each set of columns that they name; `where` are the values that stand behind
 * those of the row. Answers how many rows there were.
 */
export function keptChange<Row extends { [Column in keyof Row]?: Value }>(
  build: (row: Row) => CompiledQuery,
): (handle: Kysely<Tables>, row: Row, ...where: readonly Value[]) => Promise<number> {
  const built = new Map<string, CompiledQuery>();
  return async (handle, row, ...where) => {
    const columns = Object.keys(row).join();
    const query = built.get(columns) ?? build(row);
    built.set(columns, query);
    const { numAffectedRows } = await executed(handle, query, [...Object.values<Value | undefined>(row), ...where]);
    return Number(numAffectedRows ?? 0);
  };
}

function executed<Row>(
  db: Kysely<Tables>,
  query: CompiledQuery<Row>,
  values: readonly (Value | undefined)[],
): Promise<QueryResult<Row>> {
  if (values.length !== query.parameters.length) throw new Error(`This query has other parameters: ${query.sql}`);
  return db.executeQuery<Row>({ ...query, parameters: values });
}
