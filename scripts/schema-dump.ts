/** The tables of a database as SQL, for reading and for comparing: docs/schema.sqlite.sql and docs/schema.postgres.sql. */

import { type Kysely, sql } from "kysely";
import type { Database } from "../src/store/database.ts";
import type { Tables } from "../src/store/schema.ts";

export type DialectName = "sqlite" | "postgres";

export function schemaFile(dialect: DialectName): URL {
  return new URL(`../docs/schema.${dialect}.sql`, import.meta.url);
}

/** Read from the system's own catalogue, so that neither a tool's nor a server's version shows. */
export async function schemaOf({ db }: Pick<Database, "db">, dialect: DialectName): Promise<string> {
  const { statements, server } = dialect === "sqlite" ? await sqliteSchema(db) : await postgresSchema(db);
  const migrations = await db.selectFrom("migrations").select("name").orderBy("name").execute();
  const last = migrations.at(-1)?.name ?? "no migration";
  return `${[`-- Trunkline's tables on ${server} after ${last}. Made by \`npm run schema\`; nothing runs this.`, ...statements].join("\n\n")}\n`;
}

interface Schema {
  server: string;
  statements: string[];
}

async function sqliteSchema(db: Kysely<Tables>): Promise<Schema> {
  const { rows } = await sql<{ statement: string }>`
    select sql as statement from sqlite_schema where sql is not null order by tbl_name, type desc, name`.execute(db);
  return { server: "SQLite", statements: rows.map(({ statement }) => `${onLines(statement)};`) };
}

/** `create table x (a, b(c, d))` with each column on a line of its own. */
function onLines(statement: string): string {
  const [, head = "", body] = /^(create table [^(]+)\((.*)\)$/is.exec(statement) ?? [];
  if (body === undefined) return statement;
  const columns = body.split(/, (?![^(]*\))/);
  return `${head}(\n  ${columns.join(",\n  ")}\n)`;
}

async function postgresSchema(db: Kysely<Tables>): Promise<Schema> {
  // Constraints of type n, not null, are listed from version 18 on; they stand behind their columns here.
  const { rows } = await sql<{ table: string; line: string }>`
    select c.relname as "table", quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line, 0 as kind,
      lpad(a.attnum::text, 4, '0') collate "C" as place
    from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    union all
    select c.relname, 'constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), 1, k.conname::text collate "C"
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype in ('p', 'u', 'f', 'c') and c.relnamespace = current_schema()::regnamespace
    order by 1, 3, 4`.execute(db);
  const tables = Map.groupBy(rows, ({ table }) => table);
  const { rows: indexes } = await sql<{ definition: string }>`
    select pg_get_indexdef(i.indexrelid) collate "C" as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = current_schema()::regnamespace
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
    order by 1`.execute(db);
  const created = [...tables].map(
    ([table, lines]) => `create table ${table} (\n  ${lines.map(({ line }) => line).join(",\n  ")}\n);`,
  );
  return { server: "PostgreSQL", statements: [...created, ...indexes.map(({ definition }) => `${definition};`)] };
}
