/** Test files that share one process: what all of them need is loaded and warmed up once, not once for each. */

import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TESTS = new URL("../", import.meta.url);

/** The test files in a folder of test/ and below it, in a lasting order. */
export function testFilesIn(folder: string): URL[] {
  const files = globSync("**/*.test.ts", { cwd: fileURLToPath(new URL(`${folder}/`, TESTS)) });
  return files.toSorted().map((file) => new URL(`${folder}/${file}`, TESTS));
}

export async function runTogether(...folders: readonly string[]): Promise<void> {
  for (const file of folders.flatMap(testFilesIn)) await import(file.href);
}
