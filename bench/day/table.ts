/** The day as a table of Markdown: one column for each contestant. */

import { short } from "../report/statistics.ts";
import type { Delay, Result } from "./result.ts";

const TITLES = {
  peer: "the peer, PostgreSQL",
  SQLite: "Trunkline, SQLite",
  PostgreSQL: "Trunkline, PostgreSQL",
};

const ROWS: [title: string, value: (result: Result) => string][] = [
  ["calls", ({ calls }) => whole(calls)],
  ["look-up at the ring, p50 / p99, ms", ({ lookUps }) => `${short(lookUps.p50)} / ${short(lookUps.p99)}`],
  ["look-ups that failed", ({ lookUps }) => whole(lookUps.failed)],
  ["`GET /callLog`, p50 / p99, ms", ({ reads }) => `${short(reads.p50)} / ${short(reads.p99)}`],
  ["calls that never reached the CRM, the agent was told", ({ refused }) => whole(refused)],
  ["calls lost: said to be logged, not in the CRM", ({ lost }) => whole(lost)],
  ["calls doubled", ({ doubled }) => whole(doubled)],
  ["agents' notes gone from their record", ({ notesGone }) => whole(notesGone)],
  [
    "recordings and AI notes missing in the end",
    ({ additions }) => `${whole(additions.missing)} of ${whole(additions.sent)}`,
  ],
  ["… of which nobody was told", ({ additions }) => whole(additions.untold)],
  ["dispositions that failed", ({ dispositionsFailed }) => whole(dispositionsFailed)],
  [
    "texts missing / doubled",
    ({ texts }) => `${whole(texts.missing)} / ${whole(texts.doubled)} of ${whole(texts.sent)}`,
  ],
  ["call accepted → in the CRM, p50 / p99 / longest, s of the day", ({ logDelay }) => delay(logDelay)],
  ["recording or AI note accepted → in the CRM", ({ additionDelay }) => delay(additionDelay)],
  ["CRM requests per call", ({ requestsPerCall }) => short(requestsPerCall)],
  ["of them answered with 429", ({ turnedAway }) => whole(turnedAway)],
  ["fullest minute of a login, part of the limit", ({ used }) => percent(used.fullestMinute)],
  ["tokens of the company that spent most, part of its day", ({ used }) => percent(used.companyDay)],
  ["server's processor, ms per call", ({ processorMsPerCall }) => short(processorMsPerCall)],
  ["part of one core in use, on average", ({ coreShare }) => percent(coreShare)],
  ["resident memory in the end, MiB", ({ memoryMiB }) => whole(memoryMiB)],
  ["database growth per call, bytes", ({ bytesPerCall }) => whole(bytesPerCall)],
];

export function dayTable(results: readonly Result[]): string {
  const lines = [
    ["", ...results.map(({ name }) => TITLES[name])],
    ["---", ...results.map(() => "---:")],
    ...ROWS.map(([title, value]) => [title, ...results.map(value)]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** What people were told when it was not yes. */
export function refusals(results: readonly Result[]): string {
  return results
    .flatMap(({ name, said }) =>
      said.map(([sentence, times]) => `- ${TITLES[name]}, ${whole(times)} ×: ${plain(sentence)}`),
    )
    .join("\n");
}

/** A foreign server's words stay words: neither code nor markup of ours. */
function plain(sentence: string): string {
  return `\`${sentence.replaceAll(/[`\r\n]/g, " ")}\``;
}

function delay({ p50, p99, max }: Delay): string {
  return [p50, p99, max].map(short).join(" / ");
}

function whole(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en-US") : "–";
}

function percent(part: number): string {
  return `${(100 * part).toFixed(part < 0.1 ? 1 : 0)} %`;
}
