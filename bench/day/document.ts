/** Puts the day into docs/benchmarks.md, between its own two lines; everything around them stays. */

import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release } from "node:os";
import { fileURLToPath } from "node:url";
import { postgresVersion } from "../contestants/databases.ts";
import { peerVersion } from "../contestants/places.ts";
import type { Result } from "./result.ts";
import { dayTable, refusals } from "./table.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));
const BEGINS = "<!-- day -->";
const ENDS = "<!-- /day -->";

export async function writeDay(results: readonly Result[], command: string): Promise<void> {
  const document = readFileSync(DOCUMENT, "utf8");
  const begins = document.indexOf(BEGINS);
  const ends = document.indexOf(ENDS);
  if (begins === -1 || ends < begins) throw new Error(`docs/benchmarks.md has no ${BEGINS} and ${ENDS}.`);
  const said = refusals(results);
  const day = [
    dayTable(results),
    `- ${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, Linux ${release()}`,
    `- Node ${process.version}, PostgreSQL ${await postgresVersion()}, @app-connect/core ${peerVersion()}, ${today()}`,
    `- \`${command}\``,
    ...(said === "" ? [] : ["\nWhat agents were told when the answer was not yes, most often:\n", said]),
  ];
  const [table, ...remarks] = day;
  const section = `${BEGINS}\n\n${table}\n\n${remarks.join("\n")}\n\n`;
  writeFileSync(DOCUMENT, document.slice(0, begins) + section + document.slice(ends));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
