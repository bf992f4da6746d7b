/** Rows of text in columns, for terminals. */

import { printable } from "./entries/in-words.ts";

/** Names and keys of a CRM's or a client's making may be long. */
const WIDEST = 28;

/** The first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

export function shortened(text: string): string {
  const plain = printable(text);
  return plain.length > WIDEST ? `${plain.slice(0, WIDEST - 1)}…` : plain;
}

/** On a terminal a line stays a line; a file or another program gets all of it. */
export function fitted(line: string): string {
  const width = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
