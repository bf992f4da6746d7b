/** The measurement as a table of Markdown, with ratios to the idle phase. */

import type { Phase } from "./phase.ts";

const HEAD = [
  "phase",
  "s",
  "RSS MiB first / least / most",
  "CRM req/s",
  "429s",
  "look-ups of the user with the backlog: p50 / p99 ms",
  "of another user: p50 / p99 ms",
];

export function table(phases: readonly Phase[]): string {
  const [idle] = phases;
  const rows = phases.map(({ name, seconds, memory, crmRate, turnedAway, lookUps }) => [
    name,
    seconds.toFixed(0),
    [memory.first, memory.least, memory.most].map((mib) => mib.toFixed(0)).join(" / "),
    crmRate.toFixed(1),
    String(turnedAway),
    ...[0, 1].map((at) => latencies(lookUps[at], idle?.lookUps[at])),
  ]);
  return [HEAD, HEAD.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function latencies(lookUps: Phase["lookUps"][number] | undefined, idle: Phase["lookUps"][number] | undefined): string {
  if (lookUps === undefined) return "–";
  const { p50, p99, count, unknown } = lookUps;
  const ratio = (value: number, usual: number | undefined) =>
    usual === undefined || usual === value ? "" : ` (${(value / usual).toFixed(1)}x)`;
  const times = `${p50.toFixed(1)}${ratio(p50, idle?.p50)} / ${p99.toFixed(1)}${ratio(p99, idle?.p99)}`;
  return `${times}, ${count} answered, ${unknown} unknown`;
}
