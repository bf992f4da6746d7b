/** What came of checking a foreign server, for people and for scripts. */

import { printable } from "../../entries/in-words.ts";
import type { CheckResult, Report, Verdict } from "./run.ts";

const MARKS: Readonly<Record<Verdict, string>> = { passed: "✓", failed: "✗", warning: "!", skipped: "–" };
const VERDICTS: readonly Verdict[] = ["passed", "failed", "warning", "skipped"];

export function reportText(report: Report): string {
  const chapters = [...new Set(report.results.map(({ chapter }) => chapter))];
  const parts = chapters.map((chapter) => {
    const own = report.results.filter((result) => result.chapter === chapter);
    return [chapter, ...own.flatMap(linesOf), ...skippedLines(own)].join("\n");
  });
  return `${[heading(report), ...parts, summary(report)].join("\n\n")}\n`;
}

export function reportAsJson({ platform, results, url, write }: Report): string {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, counted(results, verdict)]));
  const checks = results.map((result) => ({ ...result, came: result.came ?? null }));
  return `${JSON.stringify({ url, platform: platform === "" ? null : platform, write, counts, checks }, null, 2)}\n`;
}

export function hasFailed({ results }: Report): boolean {
  return counted(results, "failed") > 0;
}

function heading({ platform, url, write }: Report): string {
  const crm = platform === "" ? "" : ` with ${printable(platform)}`;
  return `${url}${crm}, ${write ? "reading and writing" : "reading only"}`;
}

function linesOf({ came, expects, id, verdict, why }: CheckResult): string[] {
  const line = `  ${MARKS[verdict]} ${id}: ${expects}`;
  if (verdict === "skipped") return [];
  if (verdict === "passed") return [line];
  return [line, `      came: ${printable(came ?? "")}`, `      why it matters: ${why}`];
}

/** One line for each reason; scripts are told of each check. */
function skippedLines(results: readonly CheckResult[]): string[] {
  const skipped = results.filter(({ verdict }) => verdict === "skipped");
  const byReason = Map.groupBy(skipped, ({ came }) => came ?? "");
  return [...byReason].map(([reason, [first, ...others]]) => {
    const which = others.length === 0 ? (first?.id ?? "") : `${others.length + 1} checks`;
    return `  ${MARKS.skipped} ${which}: not looked at, ${printable(reason)}`;
  });
}

function summary({ results }: Report): string {
  const count = (verdict: Verdict) => counted(results, verdict);
  const warnings = count("warning");
  const parts = [
    `${count("passed")} passed`,
    `${count("failed")} failed`,
    ...(warnings === 0 ? [] : [`${warnings} to be looked at`]),
    ...(count("skipped") === 0 ? [] : [`${count("skipped")} not looked at`]),
  ];
  return `${parts.join(", ")}.`;
}

function counted(results: readonly CheckResult[], wanted: Verdict): number {
  return results.filter(({ verdict }) => verdict === wanted).length;
}
