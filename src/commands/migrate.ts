/** `trunkline migrate`: brings the database up to date, and nothing else. */

import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { databaseFileIn, loadConfig } from "../config.ts";
import { inspectStore, openStore } from "../open-store.ts";
import { usageOf } from "./help/manual.ts";
import { MIGRATE } from "./manuals/running.ts";
import { Refusal } from "./refusal.ts";
import { understood } from "./words.ts";

interface Migrated {
  dryRun: boolean;
  /** There were no tables before. */
  isNew: boolean;
  /** Those that ran, or would run, in order. */
  migrations: readonly string[];
}

/** An empty database that nobody else has: it owes what a missing file would. */
const EMPTY = "sqlite::memory:";

export async function runMigrate(words: readonly string[]): Promise<void> {
  const { values } = understood(usageOf(MIGRATE), () =>
    parseArgs({ args: [...words], options: { "dry-run": { type: "boolean" }, json: { type: "boolean" } } }),
  );
  const { databaseUrl, isMissing } = databasePlace();
  const inspection = await inspectStore({ databaseUrl: isMissing ? EMPTY : databaseUrl });
  if (inspection.schemaProblem !== undefined) throw new Refusal(inspection.schemaProblem);
  const isNew = !inspection.hasTables;
  const migrated =
    values["dry-run"] === true
      ? { dryRun: true, isNew, migrations: inspection.schema.owed }
      : { dryRun: false, isNew, migrations: await migrate() };
  process.stdout.write(values.json === true ? `${JSON.stringify(migrated, null, 2)}\n` : inWords(migrated));
}

function databasePlace(): { databaseUrl: string; isMissing: boolean } {
  const file = databaseFileIn(process.env);
  if (file === undefined) return { databaseUrl: process.env["DATABASE_URL"]?.trim() ?? "", isMissing: false };
  return { databaseUrl: `sqlite:${file}`, isMissing: !existsSync(file) };
}

async function migrate(): Promise<readonly string[]> {
  const config = loadConfig(process.env, []);
  const store = await openStore(config);
  await store.database.close();
  if (config.freshAdminToken !== undefined) {
    // Whoever makes the database is the one who can be told.
    process.stderr.write(
      `The admin token is ${config.freshAdminToken}\nIt is shown this once; secrets.json beside the database keeps it.\n`,
    );
  }
  return store.migrated;
}

function inWords({ dryRun, isNew, migrations }: Migrated): string {
  if (migrations.length === 0) return "The database is up to date; there was nothing to do.\n";
  const count = migrations.length === 1 ? "1 migration" : `${migrations.length} migrations`;
  const [did, would] = isNew ? ["Made the tables", "make the tables"] : [`Ran ${count}`, `run ${count}`];
  const said = dryRun ? `Would ${would}:` : `${did}; the database is up to date now:`;
  return `${[said, ...migrations.map((name) => `  ${name}`)].join("\n")}\n`;
}
