/** What a PostgreSQL says of itself. */

import { type Kysely, sql } from "kysely";
import type { DatabaseFacts, DatabaseSetting } from "./dialect.ts";
import type { Tables } from "./schema.ts";

/** The oldest that is tested, as `server_version_num` has it. */
const OLDEST = 140_000;

interface Row {
  version: string;
  number: number;
  has_tables: boolean;
  may_create: boolean | null;
  encrypted: boolean | null;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  clock: number;
}

export async function postgresFacts(db: Kysely<Tables>): Promise<DatabaseFacts> {
  const { rows } = await sql<Row>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
      to_regclass('migrations') is not null as has_tables,
      has_schema_privilege(current_schema(), 'create') as may_create,
      (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as encrypted,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
      current_setting('synchronous_commit') as synchronous_commit,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as clock`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error("The database says nothing of itself.");
  return {
    product: `PostgreSQL ${row.version.split(" ")[0] ?? row.version}`,
    hasTables: row.has_tables,
    settings: settingsOf(row),
    clock: row.clock,
  };
}

function settingsOf(row: Row): DatabaseSetting[] {
  const onOrLost = (name: "fsync" | "full_page_writes"): DatabaseSetting => ({
    name,
    value: row[name],
    ...(row[name] === "on" ? {} : lost("A power cut may damage the database", `Set ${name} = on on the server.`)),
  });
  const { synchronous_commit: commit } = row;
  return [
    ...(row.number >= OLDEST ? [] : [tooOld(row.version)]),
    ...(row.may_create === true ? [] : [MAY_NOT_CREATE]),
    { name: "TLS", value: row.encrypted === true ? "on" : "off" },
    onOrLost("fsync"),
    onOrLost("full_page_writes"),
    {
      name: "synchronous_commit",
      value: commit,
      ...(commit === "off"
        ? lost(
            "A log that was accepted may be gone after a crash of the server",
            "Set synchronous_commit = on, at least for this role or database.",
          )
        : {}),
    },
  ];
}

const MAY_NOT_CREATE: DatabaseSetting = {
  name: "rights",
  value: "this role may not create tables",
  problem: {
    sentence: "A newer Trunkline could not bring the tables up to date",
    remedy: "Grant CREATE on the schema, or run trunkline migrate as a role that has it.",
    loses: false,
  },
};

function tooOld(version: string): DatabaseSetting {
  const remedy = "Use PostgreSQL 14 or newer.";
  return {
    name: "version",
    value: version,
    problem: { sentence: "It is older than what is tested", remedy, loses: false },
  };
}

function lost(sentence: string, remedy: string): Pick<DatabaseSetting, "problem"> {
  return { problem: { sentence, remedy, loses: true } };
}
