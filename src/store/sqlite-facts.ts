/** What an embedded database says of itself. */

import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DatabaseFacts, DatabaseSetting } from "./dialect.ts";
import type { Tables } from "./schema.ts";

/** PRAGMA synchronous as numbers (sqlite.org/pragma.html#pragma_synchronous). */
const SYNCHRONOUS = ["OFF", "NORMAL", "FULL", "EXTRA"];

export async function sqliteFacts(db: Kysely<Tables>): Promise<DatabaseFacts> {
  const version = await only(db, sql`select sqlite_version() as value`);
  const tables = await only(db, sql`select count(*) as value from sqlite_schema where name = 'migrations'`);
  const journal = await only(db, sql`select journal_mode as value from pragma_journal_mode`);
  const synchronous = await only(db, sql`select synchronous as value from pragma_synchronous`);
  return {
    product: `SQLite ${version}`,
    hasTables: tables !== "0",
    settings: [journalMode(journal), synchronousMode(SYNCHRONOUS[Number(synchronous)] ?? synchronous)],
    clock: undefined,
  };
}

function journalMode(value: string): DatabaseSetting {
  if (value === "wal") return { name: "journal_mode", value: "WAL" };
  const inMemory = value === "memory";
  return {
    name: "journal_mode",
    value,
    problem: {
      sentence: inMemory
        ? "Everything is gone when the process ends"
        : "Readers wait for writers, and a network drive may damage the file",
      remedy: "Let DATABASE_URL name a file on a disk of this machine.",
      loses: inMemory,
    },
  };
}

function synchronousMode(value: string): DatabaseSetting {
  // Each commit is brought to the disk by ourselves before it is answered: synced-log.ts.
  const name = "synchronous";
  if (value !== "OFF") return { name, value };
  const remedy = "Build SQLite with its own defaults.";
  return { name, value, problem: { sentence: "A power cut may damage the file", remedy, loses: true } };
}

async function only(db: Kysely<Tables>, statement: RawBuilder<unknown>): Promise<string> {
  const { rows } = await statement.execute(db);
  const [row] = rows;
  return String(typeof row === "object" && row !== null ? Reflect.get(row, "value") : "");
}
