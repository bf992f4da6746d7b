/** A report card for people. */

import type { ReportCard, ScenarioResult } from "../../testing/report-card.ts";

const MARKS: Readonly<Record<ScenarioResult["verdict"], string>> = { passed: "✔", failed: "✖", "not offered": "–" };

export function reportText(card: ReportCard): string {
  const areas = [...new Set(card.results.map(({ area }) => area))];
  const scenarios = areas.map((area) => {
    const lines = card.results.filter((result) => result.area === area).flatMap(linesOf);
    return [heading(area), ...lines].join("\n");
  });
  return `${[...scenarios, ...costLines(card), ...limitLines(card), summary(card)].join("\n\n")}\n`;
}

function linesOf({ name, reason, unforeseen = [], verdict }: ScenarioResult): string[] {
  const line = `  ${MARKS[verdict]} ${name}`;
  if (verdict === "not offered") return [`${line} (${reason})`];
  const why = [reason, ...unforeseen.map((problem) => `Unforeseen: ${problem}`)].filter((text) => text !== undefined);
  return [line, ...why.map((text) => `      ${text.replaceAll("\n", "\n      ")}`)];
}

function costLines({ costs }: ReportCard): string[] {
  if (costs.length === 0) return [];
  const width = Math.max(...costs.map(({ operation }) => operation.length));
  const lines = costs.map(
    ({ operation, requests, rounds }) =>
      `  ${operation.padEnd(width)}  ${counted(requests, "request")} in ${counted(rounds, "round")}`,
  );
  return [["What it asks of the CRM", ...lines].join("\n")];
}

function limitLines({ limits }: ReportCard): string[] {
  return limits.length === 0 ? [] : [["What it cannot promise", ...limits.map((limit) => `  ${limit}`)].join("\n")];
}

function summary({ displayName, passed, failed, notOffered, platform }: ReportCard): string {
  return `${displayName} (${platform}): ${passed} passed, ${failed} failed, ${notOffered} not offered`;
}

function heading(area: string): string {
  return `${area.slice(0, 1).toUpperCase()}${area.slice(1)}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
