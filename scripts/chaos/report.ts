/** The outcome of chaos runs as a table with a column for each database, and what was found in sentences. */

import type { ChaosOutcome } from "./run.ts";

const FINDINGS_SHOWN = 20;

export function passed({ lost, doubled, wrong, strange }: ChaosOutcome): boolean {
  return lost.length + doubled.length + wrong.length + strange.length === 0;
}

export function chaosTable(outcomes: readonly ChaosOutcome[]): string {
  const rows = [["", ...outcomes.map(({ database }) => database)]];
  for (const [name, read] of ROWS) rows.push([name, ...outcomes.map((outcome) => String(read(outcome)))]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}

export function findingsOf({ database, lost, doubled, wrong, strange }: ChaosOutcome): string[] {
  const all = Object.entries({ lost, doubled, wrong, strange }).flatMap(([kind, sentences]) =>
    sentences.map((sentence) => `${database}, ${kind}: ${sentence}`),
  );
  const more = all.length - FINDINGS_SHOWN;
  return more > 0 ? [...all.slice(0, FINDINGS_SHOWN), `… and ${more} more`] : all;
}

const ROWS: readonly (readonly [name: string, read: (outcome: ChaosOutcome) => number | string])[] = [
  ["calls and conversations sent", ({ sent }) => sent],
  ["accepted", ({ accepted }) => accepted],
  ["in the CRM", ({ inCrm }) => inCrm],
  ["lost", ({ lost }) => lost.length],
  ["doubled", ({ doubled }) => doubled.length],
  ["wrong", ({ wrong }) => wrong.length],
  ["strange answers", ({ strange }) => strange.length],
  ["servers killed", ({ kills }) => kills],
  ["requests without an answer", ({ unanswered }) => unanswered],
  ["faults of the CRM met", ({ faultsMet }) => faultsMet],
  ["kinds of fault met", ({ faultKinds: { met, all } }) => `${met} of ${all}`],
  ["back ends terminated", ({ backEndsTerminated }) => backEndsTerminated],
  ["servers' processor, % of a core", ({ processorPercent }) => processorPercent.toFixed(0)],
  ["seconds until nothing was owed", ({ recoverySeconds }) => recoverySeconds.toFixed(1)],
  ["seconds", ({ seconds }) => seconds.toFixed(0)],
];
