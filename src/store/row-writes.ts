/**
 * Rows that come by themselves and are written with others: those of the same turn of the event loop as one statement where
 * there is a way to the database to save, and one by one in one commit where there is none.
 */

import { type CompiledQuery, type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";
import type { RowColumns } from "./dialect.ts";
import { executed, type Value } from "./kept-query.ts";
import type { Tables } from "./schema.ts";
import { together } from "./together.ts";

export type RowValues = Readonly<Record<string, Value | undefined>>;

export interface WrittenTable {
  database: Pick<Database, "dialect">;
  /** The handle that says how durable a commit is. */
  db: Kysely<Tables>;
  table: keyof Tables;
  columns: RowColumns;
  /** By which rows are told apart. */
  identity: readonly string[];
}

/** `conflict` is what stands behind "on conflict". Answers whether the row was written. */
export function createInsertion(written: WrittenTable & { conflict: RawBuilder<unknown> }) {
  const { database, db, table, columns, identity, conflict } = written;
  const { dialect } = database;
  const names = Object.keys(columns);
  const into = sql`insert into ${sql.table(table)} (${refs(names)})`;
  if (!dialect.insertsAtOnce) {
    const one = sql`${into} values (${sql.join(names.map(() => sql.val(null)))}) on conflict ${conflict}`.compile(db);
    return async (row: RowValues) => (await changed(db, one, valuesOf(row, names))) > 0;
  }
  const rows = dialect.rowsOf(columns, []);
  const many = sql<RowValues>`
    ${into} select ${refs(names)} from ${rows} as fresh on conflict ${conflict} returning ${refs(identity)}`;
  return writingTogether(db, many.compile(db), names, identity);
}

/** Sets columns of rows that are still as they were. Answers whether the row was. */
export type UpdateIf = (set: RowValues, as: RowValues) => Promise<boolean>;

/** `as` must name the identity. Each set of columns is built once. */
export function createUpdateIf(written: WrittenTable): UpdateIf {
  const built = new Map<string, (set: RowValues, as: RowValues) => Promise<boolean>>();
  return (set, as) => {
    const key = `${Object.keys(set).join()} ${Object.keys(as).join()}`;
    const update = built.get(key) ?? buildUpdate(written, Object.keys(set), Object.keys(as));
    built.set(key, update);
    return update(set, as);
  };
}

function buildUpdate(
  { database, db, table, columns, identity }: WrittenTable,
  set: readonly string[],
  as: readonly string[],
) {
  const { dialect } = database;
  if (!dialect.insertsAtOnce) {
    const one = sql`
      update ${sql.table(table)} set ${sql.join(set.map((name) => sql`${sql.ref(name)} = ${null}`))}
      where ${sql.join(
        as.map((name) => sql`${sql.ref(name)} = ${null}`),
        sql` and `,
      )}`.compile(db);
    return async (values: RowValues, were: RowValues) =>
      (await changed(db, one, [...valuesOf(values, set), ...valuesOf(were, as)])) > 0;
  }
  const typeOf = (name: string) => columns[name] ?? "text";
  const fresh = set.map((name): [string, "text" | "bigint"] => [name, typeOf(name)]);
  const before = as.map((name): [string, "text" | "bigint"] => [`as_${name}`, typeOf(name)]);
  const rows = dialect.rowsOf(Object.fromEntries([...fresh, ...before]), []);
  const [first = ""] = identity;
  const isFresh = as.map((name) => sql`${sql.ref(`${table}.${name}`)} = ${sql.ref(`fresh.as_${name}`)}`);
  // An array is looked up in the index; joined with the rows alone, the whole table might be read instead.
  const many = sql<RowValues>`
    with fresh as materialized (select * from ${rows} as given)
    update ${sql.table(table)} set ${sql.join(set.map((name) => sql`${sql.ref(name)} = ${sql.ref(`fresh.${name}`)}`))}
    from fresh
    where ${sql.ref(`${table}.${first}`)} = any(array(select ${sql.ref(`as_${first}`)} from fresh))
      and ${sql.join(isFresh, sql` and `)}
    returning ${refs(identity.map((name) => `${table}.${name}`))}`;
  const write = writingTogether(
    db,
    many.compile(db),
    [...set, ...before.map(([name]) => name)],
    identity.map((name) => `as_${name}`),
    identity,
  );
  return (values: RowValues, were: RowValues) =>
    write({ ...values, ...Object.fromEntries(as.map((name) => [`as_${name}`, were[name]])) });
}

/** One statement for all rows of a turn. Where it fails, each is tried by itself: a row that cannot be written is no other's fault. */
function writingTogether(
  db: Kysely<Tables>,
  query: CompiledQuery<RowValues>,
  names: readonly string[],
  identity: readonly string[],
  returned = identity,
) {
  const keyOf = (row: RowValues, columns: readonly string[]) => JSON.stringify(valuesOf(row, columns));

  async function write(rows: readonly RowValues[]): Promise<boolean[]> {
    const { rows: done } = await executed(db, query, [JSON.stringify(rows.map((row) => valuesOf(row, names)))]);
    const written = new Set(done.map((row) => keyOf(row, returned)));
    return rows.map((row) => written.has(keyOf(row, identity)));
  }

  const atOnce = together<RowValues, () => Promise<boolean>>(async (rows) => {
    try {
      const outcomes = await write(rows);
      return outcomes.map((outcome) => () => Promise.resolve(outcome));
    } catch (thrown) {
      if (rows.length === 1) throw thrown;
      return rows.map((row) => async () => (await write([row]))[0] === true);
    }
  });
  return async (row: RowValues) => (await atOnce(row))();
}

async function changed(db: Kysely<Tables>, query: CompiledQuery, values: readonly Value[]): Promise<number> {
  return Number((await executed(db, query, values)).numAffectedRows ?? 0);
}

function valuesOf(row: RowValues, names: readonly string[]): Value[] {
  return names.map((name) => row[name] ?? null);
}

function refs(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map((name) => sql.ref(name)));
}
