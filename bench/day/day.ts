/** `npm run bench:day`: a call-centre day, played to the peer and to Trunkline in turn. Writes its part of docs/benchmarks.md. */

import { parseArgs } from "node:util";
import { buildTrunkline, installPeer } from "../contestants/places.ts";
import { createProgress } from "../report/progress.ts";
import { NAMES } from "./contestants.ts";
import { writeDay } from "./document.ts";
import { callsOf, type Hours, WHOLE_DAY } from "./hours.ts";
import { playDay } from "./play.ts";
import { type Result, resultOf } from "./result.ts";
import { dayTable, refusals } from "./table.ts";

const QUICK = { agents: "200", hours: "10-10.5" };
/** Each round of the CRM; not compressed, so that the time of a look-up is the one that a person would wait. */
const CRM_LATENCY_MS = 50;
const MS_PER_HOUR = 3_600_000;

const { values } = parseArgs({
  options: {
    agents: { type: "string" },
    /** From and to, on a clock of 24 hours; halves may be given as 10.5. */
    hours: { type: "string" },
    /** How many times faster than on the wall the day passes. */
    speed: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    /** Half a busy hour of one company; writes no document. */
    quick: { type: "boolean", default: false },
    /** One contestant; may be repeated. The document is written only after a run of all. */
    only: { type: "string", multiple: true },
    /** `--no-build` plays with what was built last. */
    build: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const agents = Number(values.agents ?? (values.quick ? QUICK.agents : 2_000));
const hours = hoursIn(values.hours ?? (values.quick ? QUICK.hours : `${WHOLE_DAY.from}-${WHOLE_DAY.to}`));
const speed = Number(values.speed);
const names = NAMES.filter((name) => values.only?.includes(name) ?? true);
const wrong = mistake();
// So that nobody is left running when the day is broken off.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
if (wrong === undefined) {
  await play();
} else {
  process.stderr.write(`${wrong}\n`);
  process.exitCode = 1;
}

async function play(): Promise<void> {
  installPeer();
  if (values.build) await buildTrunkline();
  const calls = callsOf(agents, hours, Number(values.seed));
  const minutes = (((hours.to - hours.from) * MS_PER_HOUR) / speed / 60_000) * names.length;
  process.stderr.write(`${calls.length} calls of ${agents} agents for each of ${names.join(", ")}: `);
  process.stderr.write(`about ${Math.ceil(minutes + names.length)} minutes.\n`);
  const bar = createProgress(process.stderr, calls.length * names.length);
  const results: Result[] = [];
  for (const [at, name] of names.entries()) {
    bar.show(name, at * calls.length);
    const progress = (done: number) => bar.show(`calls, ${name}`, at * calls.length + done);
    results.push(
      resultOf(await playDay(name, { calls, agents, speed, crmLatencyMs: CRM_LATENCY_MS, progress }), speed),
    );
  }
  bar.clear();
  process.stdout.write(`${dayTable(results)}\n\n${refusals(results)}\n`);
  if (values.quick || names.length < NAMES.length) return;
  const words = [
    `--agents ${agents}`,
    `--hours ${hours.from}-${hours.to}`,
    `--speed ${speed}`,
    `--seed ${values.seed}`,
  ];
  await writeDay(results, `npm run bench:day -- ${words.join(" ")}`);
}

function mistake(): string | undefined {
  const unknown = values.only?.find((name) => !NAMES.some((known) => known === name));
  if (unknown !== undefined) return `There is no contestant ${unknown}, only ${NAMES.join(", ")}.`;
  if (!Number.isInteger(agents) || agents < 1) return "--agents is a number of people, such as 2000.";
  if (!(speed >= 1)) return "--speed is a number from 1 on, such as 20.";
  if (!(hours.from >= WHOLE_DAY.from && hours.to > hours.from && hours.to <= WHOLE_DAY.to)) {
    return `--hours lie between ${WHOLE_DAY.from} and ${WHOLE_DAY.to}, such as 10-12.`;
  }
  return undefined;
}

function hoursIn(text: string): Hours {
  const [from = Number.NaN, to = Number.NaN] = text.split("-").map(Number);
  return { from, to };
}
