/** The help of the whole command line: every command in a line, by what it is good for. */

import { type Manual, type Row, shortened, table, widest } from "./manual.ts";

export interface Chapter {
  title: string;
  manuals: readonly Manual[];
}

export function overview(chapters: readonly Chapter[]): string {
  const known = chapters.map(({ title, manuals }) => ({ title, rows: manuals.flatMap(rowsOf) }));
  const width = widest([...known.flatMap(({ rows }) => rows), ...HELP]);
  return [
    "Trunkline: the open server between a telephone and a CRM.",
    "Usage: trunkline <command> [options]",
    ...known.map(({ title, rows }) => `${title}:\n${table(rows, width)}`),
    `More:\n${table(HELP, width)}`,
    "Everything is configured by environment variables: docs/configuration.md.\n",
  ].join("\n\n");
}

const HELP: readonly Row[] = [
  ["help <command>", "All about one of them; so does <command> --help"],
  ["--version", "Say the version"],
];

function rowsOf({ forms }: Manual): Row[] {
  return forms.flatMap(({ words, summary }) => (summary === undefined ? [] : [[shortened(words), summary] as const]));
}
