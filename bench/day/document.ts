/** Puts the day into docs/benchmarks.md, between its own two lines; everything around them stays. */

import { availableParallelism, cpus, release } from "node:os";
import { postgresVersion } from "../contestants/databases.ts";
import { peerVersion } from "../contestants/places.ts";
import { writeSection } from "../report/section.ts";
import type { Result } from "./result.ts";
import { dayTable, refusals } from "./table.ts";

export async function writeDay(results: readonly Result[], command: string): Promise<void> {
  const said = refusals(results);
  const day = [
    dayTable(results),
    `- ${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, Linux ${release()}`,
    `- Node ${process.version}, PostgreSQL ${await postgresVersion()}, @app-connect/core ${peerVersion()}, ${today()}`,
    `- \`${command}\``,
    ...(said === "" ? [] : ["\nWhat agents were told when the answer was not yes, most often:\n", said]),
  ];
  const [table, ...remarks] = day;
  await writeSection("day", `${table}\n\n${remarks.join("\n")}`);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
