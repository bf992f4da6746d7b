/** `npm run bench`: Trunkline beside its peer, in turn, under the same load against the same CRM. Writes docs/benchmarks.md. */

import { parseArgs } from "node:util";
import { buildTrunkline, installPeer } from "./contestants/places.ts";
import { writeDocument } from "./report/document.ts";
import { inWords } from "./report/table.ts";
import type { Effort } from "./rows/bench.ts";
import { MEASUREMENTS } from "./rows/measurements.ts";
import { measure } from "./rows/measure.ts";

const QUICK: Effort = { rounds: 2, secondsEach: 1 };

const { values } = parseArgs({
  options: {
    /** One measurement by name; may be repeated. The document is written only after a run of all. */
    only: { type: "string", multiple: true },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    quick: { type: "boolean", default: false },
    /** `--no-build` measures what was built last. */
    build: { type: "boolean", default: true },
  },
  allowNegative: true,
});
// So that nobody is left running when the bench is broken off.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const unknown = values.only?.find((name) => !(name in MEASUREMENTS));
if (unknown === undefined) {
  const effort = values.quick ? QUICK : { rounds: Number(values.rounds), secondsEach: Number(values.seconds) };
  installPeer();
  if (values.build) await buildTrunkline();
  const rows = await measure(values.only ?? Object.keys(MEASUREMENTS), effort);
  process.stdout.write(inWords(rows));
  if (values.only === undefined) await writeDocument(rows, effort);
} else {
  process.stderr.write(`There is no measurement ${unknown}, only ${Object.keys(MEASUREMENTS).join(", ")}.\n`);
  process.exitCode = 1;
}
