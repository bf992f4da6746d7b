/** `npm run bench:profile`: where Trunkline's processor time goes under one of the loads of the bench, function by function. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startCrm } from "./contestants/crm.ts";
import { buildTrunkline } from "./contestants/places.ts";
import { startTrunkline } from "./contestants/trunkline.ts";
import { startLoadGenerator } from "./load/load.ts";
import { profileInWords, readProfile } from "./report/profile.ts";
import { PEOPLE } from "./rows/bench.ts";
import { seedTrunkline } from "./rows/seed.ts";
import { once, SEEDED_ROWS, THROUGHPUTS } from "./rows/throughput.ts";

const PROFILER = new URL("./report/steady-profile.ts", import.meta.url).href;
/** What is compiled and loaded with the first requests is not what is looked for. */
const WARM_SECONDS = 3;
const LOOK_EVERY_MS = 50;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: ["callLog-1"] },
    database: { type: "string", default: "SQLite" },
    seconds: { type: "string", default: "8" },
    build: { type: "boolean", default: true },
  },
  allowNegative: true,
});
if (values.build) await buildTrunkline();
for (const what of THROUGHPUTS.filter(({ key }) => values.only.includes(key))) {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-profile-"));
  const file = join(folder, "profile.json");
  const crm = await startCrm();
  const load = startLoadGenerator();
  const trunkline = await startTrunkline(values.database === "SQLite" ? "SQLite" : "PostgreSQL", {
    crmUrl: crm.url,
    people: PEOPLE,
    nodeWords: ["--import", PROFILER],
    environment: { PROFILE_FILE: file },
  });
  try {
    await seedTrunkline(trunkline, SEEDED_ROWS);
    const effort = { rounds: 1, secondsEach: Number(values.seconds) };
    const { nextNumber } = await once({ crm, load, effort: { rounds: 1, secondsEach: WARM_SECONDS } }, trunkline, what);
    process.kill(trunkline.processId, "SIGUSR2");
    const from = what.numbers.among === undefined ? nextNumber : what.numbers.from;
    const { perSecond, processorUs, sent } = await once({ crm, load, effort }, trunkline, what, from);
    process.kill(trunkline.processId, "SIGUSR2");
    const profile = readProfile(await written(file));
    process.stdout.write(
      `${what.title} on ${trunkline.name}: ${Math.round(perSecond)}/s, ${Math.round(processorUs)} µs\n`,
    );
    process.stdout.write(profileInWords(profile, sent));
  } finally {
    await trunkline.stop();
    load.stop();
    crm.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function written(file: string): Promise<string> {
  while (!existsSync(file)) await wait(LOOK_EVERY_MS);
  return readFileSync(file, "utf8");
}
