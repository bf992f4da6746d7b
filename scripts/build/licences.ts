/** The licences of the packages whose code is in the bundle: each asks to be passed on with it. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

interface PackageFile {
  name?: unknown;
  version?: unknown;
  license?: unknown;
}

export function writeLicences(root: string, inputs: readonly string[], target: string): void {
  const folders = new Set(inputs.flatMap((input) => packageOf(input) ?? []));
  const texts = [...folders].toSorted().map((folder) => licenceOf(join(root, folder)));
  writeFileSync(target, `The files beside this one hold code of these packages.\n\n${texts.join("\n")}`);
}

/** The package's folder: "node_modules/a/node_modules/@b/c". */
function packageOf(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

function licenceOf(folder: string): string {
  const file: PackageFile = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder).filter((name) => LICENCE.test(name));
  const heading = `${String(file.name)} ${String(file.version)} (${String(file.license)})`;
  const bodies = texts.map((name) => readFileSync(join(folder, name), "utf8").trim());
  return [`${"=".repeat(heading.length)}\n${heading}\n${"=".repeat(heading.length)}`, ...bodies, ""].join("\n\n");
}
