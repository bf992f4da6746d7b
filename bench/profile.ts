/** `npm run bench:profile`: where Trunkline's processor time goes under one of the loads of the bench, function by function. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startCrm } from "./contestants/crm.ts";
import { buildTrunkline } from "./contestants/places.ts";
import { startTrunkline } from "./contestants/trunkline.ts";
import { startLoadGenerator } from "./load/load.ts";
import { profileInWords, readProfile } from "./report/profile.ts";
import { PEOPLE } from "./rows/bench.ts";
import { seedTrunkline } from "./rows/seed.ts";
import { once, SEEDED_ROWS, THROUGHPUTS } from "./rows/throughput.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: ["callLog-1"] },
    database: { type: "string", default: "SQLite" },
    seconds: { type: "string", default: "8" },
    build: { type: "boolean", default: true },
  },
  allowNegative: true,
});
if (values.build) buildTrunkline();
for (const what of THROUGHPUTS.filter(({ key }) => values.only.includes(key))) {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-profile-"));
  const crm = await startCrm();
  const load = startLoadGenerator();
  const trunkline = await startTrunkline(values.database === "SQLite" ? "SQLite" : "PostgreSQL", {
    crmUrl: crm.url,
    people: PEOPLE,
    nodeWords: ["--cpu-prof", `--cpu-prof-dir=${folder}`],
  });
  try {
    await seedTrunkline(trunkline, SEEDED_ROWS);
    const effort = { rounds: 1, secondsEach: Number(values.seconds) };
    const { perSecond, processorUs, sent } = await once({ crm, load, effort }, trunkline, what);
    await trunkline.stop();
    const [file = ""] = readdirSync(folder);
    const profile = readProfile(readFileSync(join(folder, file), "utf8"));
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
