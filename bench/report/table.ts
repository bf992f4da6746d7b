/** What was measured, as a table of Markdown and as lines for a terminal. */

import type { Cell, Row } from "../rows/bench.ts";
import { median, short, spread } from "./statistics.ts";

export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(({ title, target, cells }) => [title, target, inCell(cells.SQLite), inCell(cells.PostgreSQL)]);
  const table = [["", "target", "SQLite", "PostgreSQL"], ["---", "---", "---:", "---:"], ...lines];
  return table.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Every absolute figure, for who wants to look closer. */
export function remarks(rows: readonly Row[]): string {
  return rows.map((row) => [`- ${row.title}`, ...row.remarks.map((remark) => `  - ${remark}`)].join("\n")).join("\n");
}

export function inWords(rows: readonly Row[]): string {
  return `${markdownTable(rows)}\n\n${remarks(rows)}\n`;
}

function inCell(cell: Cell | undefined): string {
  if (cell === undefined) return "–";
  const middle = `${short(median(cell.values))}${cell.unit}`;
  const range = cell.values.length > 1 ? ` (${spread(cell.values)})` : "";
  return `${cell.reached ? `**${middle}**` : middle}${range}`;
}
