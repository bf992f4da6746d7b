/** Writes docs/benchmarks.md: the table, where and with what it was measured, and how to repeat it. */

import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { postgresVersion } from "../contestants/databases.ts";
import { peerVersion } from "../contestants/places.ts";
import type { Effort, Row } from "../rows/bench.ts";
import { markdownTable, remarks } from "./table.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));
const BEGINS = "<!-- measured -->";
const ENDS = "<!-- /measured -->";

/** What stands around the figures is written by hand and stays. */
export async function writeDocument(rows: readonly Row[], effort: Effort): Promise<void> {
  const document = readFileSync(DOCUMENT, "utf8");
  const [before = "", rest = ""] = document.split(BEGINS);
  const [, after = ""] = rest.split(ENDS);
  const measured = [
    markdownTable(rows),
    "In bold: reached. In brackets: the least and the most of all rounds.",
    await circumstances(effort),
    "### In absolute figures",
    remarks(rows),
  ].join("\n\n");
  writeFileSync(DOCUMENT, `${before}${BEGINS}\n\n${measured}\n\n${ENDS}${after}`);
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
