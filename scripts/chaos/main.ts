/** `npm run chaos`: kills servers, breaks the CRM and the database, and shows that no record is lost, doubled or wrong. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChaosDatabase, createPostgres, postgresAt, sqliteIn } from "./databases.ts";
import { type ChaosOptions, readOptions } from "./options.ts";
import { createProgressBar } from "./progress.ts";
import { chaosTable, findingsOf, passed } from "./report.ts";
import { type ChaosOutcome, runChaos } from "./run.ts";

const POSTGRES = process.env["TEST_DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable";
/** Longer than we wait for an answer, so that writes land after we gave them up; shorter than the wait before the next look. */
const LONGEST_DELAY_MS = 8_000;
const STOP_AFTER_MS = 20 * 60_000;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const { seed, databases, calls, conversations, kills, people } = options;
  say(
    `Seed ${seed}: ${calls} calls, ${conversations} conversations, ${people} people and ${kills} kills on ${databases.join(" and ")}.`,
  );
  const outcomes: ChaosOutcome[] = [];
  const interrupting = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupting.abort());
  for (const name of databases) outcomes.push(await runOn(name, options, interrupting.signal));
  say(`\n${chaosTable(outcomes)}`);
  const findings = outcomes.flatMap(findingsOf);
  if (findings.length > 0) say(`\n${findings.join("\n")}`);
  process.exitCode = outcomes.every(passed) ? 0 : 1;
  say(outcomes.every(passed) ? "\nNone lost, none twice." : `\nNot passed; again with --seed ${seed}.`);
}

async function runOn(
  name: ChaosOptions["databases"][number],
  options: ChaosOptions,
  interrupted: AbortSignal,
): Promise<ChaosOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-chaos-"));
  const { database, drop } = await opened(name, folder);
  const bar = createProgressBar(process.stderr);
  const limits = { longestDelayMs: LONGEST_DELAY_MS, stormMs: STOP_AFTER_MS, stopAfterMs: STOP_AFTER_MS };
  const plan = { ...options, ...limits };
  let clean = false;
  try {
    const outcome = await runChaos(plan, { folder, database, interrupted }, (progress) =>
      bar.show(database.name, progress),
    );
    clean = passed(outcome);
    return outcome;
  } finally {
    bar.clear();
    await drop();
    if (clean) rmSync(folder, { recursive: true, force: true });
    else say(`What the processes said on ${database.name} is in ${folder}.`);
  }
}

async function opened(name: ChaosOptions["databases"][number], folder: string) {
  if (name === "sqlite") return { database: sqliteIn(folder), drop: () => Promise.resolve() };
  const { url, drop } = await createPostgres(POSTGRES);
  const database: ChaosDatabase = postgresAt(url);
  return { database, drop };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await main();
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  // What is left of a run that was given up must not keep the process.
  process.exit(1);
}
