/** `npm run bench:recovery`: the CRM is away, logs pile up, the CRM comes back. Memory, speed of recovery, latency of look-ups. */

import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { type Client, logIn } from "./client.ts";
import { startLimitedCrm } from "./limited-crm.ts";
import { measure, type Measured, type Phase } from "./phase.ts";
import { startServer } from "./server.ts";
import { table } from "./table.ts";

const { values } = parseArgs({
  options: {
    entries: { type: "string", default: "10000" },
    /** Requests that the CRM allows a user per window. */
    allowed: { type: "string", default: "100" },
    window: { type: "string", default: "2000" },
    /** Minutes without the CRM, and how many times faster they pass. */
    minutes: { type: "string", default: "10" },
    speed: { type: "string", default: "20" },
  },
});
const entries = Number(values.entries);
const limit = { requests: Number(values.allowed), windowMs: Number(values.window) };
const awayMs = (Number(values.minutes) * 60_000) / Number(values.speed);
const IDLE_MS = 20_000;
const POSTED_AT_ONCE = 16;

const folder = mkdtempSync(join(tmpdir(), "trunkline-recovery-"));
const crm = await startLimitedCrm(limit);
const server = await startServer(folder, crm.url);
try {
  const [ann, ben] = [await logIn(server.url, "demo-key"), await logIn(server.url, "demo-key-2")];
  const measured: Measured = { server, crm, people: [ann, ben] };
  const phases: Phase[] = [];
  phases.push(await measure("idle", measured, () => sleep(IDLE_MS)));
  await crm.goAway();
  phases.push(await measure(`${entries} calls logged, CRM away`, { ...measured, people: [] }, () => fill(ann)));
  server.setSpeed(Number(values.speed));
  const name = `${values.minutes} min without the CRM, at ${values.speed}x`;
  phases.push(await measure(name, { ...measured, people: [] }, () => sleep(awayMs)));
  const attempts = attemptsMade();
  server.setSpeed(1);
  await crm.comeBack();
  phases.push(await measure("drained", measured, drained));
  const doubled = [...crm.created.values()].filter((times) => times > 1).length;
  say(table(phases));
  say("");
  say(`Attempts while the CRM was away: ${attempts}.`);
  say(`Accepted ${entries}, in the CRM ${crm.created.size}, doubled ${doubled}.`);
  const drain = phases.at(-1)?.seconds ?? 0;
  const allowed = limit.requests / (limit.windowMs / 1_000);
  say(
    `Drained in ${drain.toFixed(0)} s: ${(entries / drain).toFixed(1)} a second, of ${allowed} that the CRM allows a user.`,
  );
  say(`${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, Linux ${release()}, Node ${process.version}`);
  say(`npm run bench:recovery -- ${process.argv.slice(2).join(" ")}`);
} finally {
  await server.stop();
  await crm.close();
  rmSync(folder, { recursive: true, force: true });
}

async function fill(person: Client): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < entries) await person.logCall(`s${(next += 1)}`);
  };
  await Promise.all(Array.from({ length: POSTED_AT_ONCE }, lane));
}

/** Of all entries, as the database tells. */
function attemptsMade(): number {
  const database = new DatabaseSync(join(folder, "trunkline.db"), { readOnly: true });
  try {
    return Number(database.prepare("select sum(attempts) as attempts from log_entries").get()?.["attempts"]);
  } finally {
    database.close();
  }
}

async function drained(): Promise<void> {
  for (let last = -1, still = 0; crm.created.size < entries; last = crm.created.size) {
    await sleep(1_000);
    still = crm.created.size === last ? still + 1 : 0;
    if (still > 60) throw new Error(`Nothing moves any more: ${crm.created.size} of ${entries} are written.`);
    if (process.stderr.isTTY) process.stderr.write(`\r${crm.created.size} of ${entries} `);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
