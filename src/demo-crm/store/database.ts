/** The Demo CRM's own SQLite file: opened, given its tables, and filled on its very first opening. */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { seed } from "../seed/seed.ts";
import { integer } from "./columns.ts";
import { TABLES, TABLES_VERSION, UPGRADES } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

/** The folder of `file` is created; ":memory:" leaves nothing behind. */
export function openDatabase(file: string): DatabaseSync {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    inTransaction(database, () => prepare(database, file));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepare(database: DatabaseSync, file: string): void {
  const version = integer(database.prepare("PRAGMA user_version").get(), "user_version");
  if (version === TABLES_VERSION) return;
  if (version > TABLES_VERSION)
    throw new Error(`${file} was made by another version of the Demo CRM; delete it to start afresh.`);
  if (version > 0) for (const upgrade of UPGRADES.slice(version - 1)) database.exec(upgrade);
  else {
    database.exec(TABLES);
    seed(database);
  }
  database.exec(`PRAGMA user_version = ${TABLES_VERSION}`);
}
