/** Writes docs/benchmarks.md: the table, where and with what it was measured, and how to repeat it. */

import { availableParallelism, cpus, release, totalmem } from "node:os";
import { postgresVersion } from "../contestants/databases.ts";
import { peerVersion } from "../contestants/places.ts";
import type { Effort, Row } from "../rows/bench.ts";
import { writeSection } from "./section.ts";
import { markdownTable, remarks } from "./table.ts";

/** What stands around the figures is written by hand and stays. */
export async function writeDocument(rows: readonly Row[], effort: Effort): Promise<void> {
  const measured = [
    markdownTable(rows),
    "In bold: reached. In brackets: the least and the most of all rounds.",
    await circumstances(effort),
    "### In absolute figures",
    remarks(rows),
  ].join("\n\n");
  await writeSection("measured", measured);
}

async function circumstances({ rounds, secondsEach }: Effort): Promise<string> {
  const gib = Math.round(totalmem() / 1024 ** 3);
  return [
    `- ${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, ${gib} GiB, Linux ${release()}`,
    `- Node ${process.version}, PostgreSQL ${await postgresVersion()}, @app-connect/core ${peerVersion()}`,
    `- ${rounds} rounds of ${secondsEach} s for each contestant, ${new Date().toISOString().slice(0, 10)}`,
    `- \`npm run bench -- --rounds ${rounds} --seconds ${secondsEach}\``,
  ].join("\n");
}
