/** Findings for people, one line each with the remedy below, and for scripts. */

import { printable } from "../entries/in-words.ts";
import type { Finding, Verdict } from "./finding.ts";

export const MARKS: Readonly<Record<Verdict, string>> = { ok: "✓", warning: "!", problem: "✗", skipped: "–" };

export function findingsText(findings: readonly Finding[]): string {
  const areas = [...new Set(findings.map(({ area }) => area))];
  const parts = areas.map((area) => {
    const own = findings.filter((finding) => finding.area === area);
    const shown = own.filter(({ quiet }) => quiet !== true);
    const width = Math.max(...shown.map(({ about }) => about.length));
    return [heading(area), ...shown.flatMap((finding) => linesOf(finding, width)), ...folded(own)].join("\n");
  });
  return `${[...parts, summary(findings)].join("\n\n")}\n`;
}

export function findingsAsJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ about, area, found, remedy, verdict }) => ({
    area,
    about,
    verdict,
    found,
    remedy: remedy ?? null,
  }));
  const counts = Object.fromEntries(
    (["ok", "warning", "problem", "skipped"] as const).map((verdict) => [verdict, counted(findings, verdict)]),
  );
  return `${JSON.stringify({ counts, checks }, null, 2)}\n`;
}

function linesOf({ about, found, remedy, verdict }: Finding, width: number): string[] {
  const line = `  ${MARKS[verdict]} ${printable(about).padEnd(width)}  ${printable(found)}`;
  return remedy === undefined ? [line] : [line, `    ${" ".repeat(width)}  → ${printable(remedy)}`];
}

function folded(findings: readonly Finding[]): string[] {
  const quiet = findings.filter((finding) => finding.quiet === true).length;
  return quiet === 0 ? [] : [`  ${MARKS.ok} ${quiet} more are not set`];
}

function summary(findings: readonly Finding[]): string {
  const problems = counted(findings, "problem");
  const warnings = counted(findings, "warning");
  if (problems + warnings === 0) return "All is well.";
  const parts = [
    ...(problems === 0 ? [] : [`${problems} to be put right (${MARKS.problem})`]),
    ...(warnings === 0 ? [] : [`${warnings} to be looked at (${MARKS.warning})`]),
  ];
  return `${parts.join(", ")}.`;
}

function counted(findings: readonly Finding[], wanted: Verdict): number {
  return findings.filter(({ verdict }) => verdict === wanted).length;
}

function heading(area: string): string {
  return `${area.slice(0, 1).toUpperCase()}${area.slice(1)}`;
}
