/** Puts what was measured into docs/benchmarks.md, between the two lines of its own, in the project's format; what stands around stays. */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const DOCUMENT = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));

export async function writeSection(name: "measured" | "day", text: string): Promise<void> {
  const document = readFileSync(DOCUMENT, "utf8");
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [begins, ends] = [document.indexOf(begin), document.indexOf(end)];
  if (begins === -1 || ends < begins) throw new Error(`docs/benchmarks.md has no ${begin} and ${end}.`);
  const changed = `${document.slice(0, begins)}${begin}\n\n${text}\n\n${document.slice(ends)}`;
  writeFileSync(DOCUMENT, await format(changed, { ...(await resolveConfig(DOCUMENT)), parser: "markdown" }));
}
