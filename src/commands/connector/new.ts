/** `trunkline connector new <name>`: writes a small connector that passes every scenario, for somebody to make their own. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../config.ts";
import { CONNECTORS } from "../../connectors/index.ts";

const TEMPLATE = new URL("../../../templates/connector/", import.meta.url);

export async function writeConnector(name: string): Promise<void> {
  const words = wordsOf(name);
  const spelled = spellingsOf(words);
  if (CONNECTORS.some(({ platform }) => platform === spelled.acme)) {
    throw new ConfigError(`Trunkline has a connector ${spelled.acme} of its own; please take another name.`);
  }
  if (existsSync(name)) throw new ConfigError(`${name} is here already; nothing was written.`);
  mkdirSync(name);
  const files = readdirSync(TEMPLATE).toSorted();
  for (const file of files) {
    const text = readFileSync(new URL(file, TEMPLATE), "utf8");
    writeFileSync(
      join(name, file),
      text.replaceAll(/acme-folder|acme|Acme|ACME/g, (word) => spelled[word] ?? word),
    );
  }
  process.stdout.write(
    [
      `Wrote ${files.length} files to ${name}: ${files.join(", ")}.`,
      "",
      "Try next:",
      `  trunkline connector check ./${name}`,
      `  trunkline start --connector ./${name}`,
      "",
    ].join("\n"),
  );
}

function wordsOf(name: string): string[] {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    throw new ConfigError(
      `"${name}" is no name for a connector: small letters, digits and single hyphens, such as my-crm.`,
    );
  }
  return name.split("-");
}

/** What the template's words become. */
function spellingsOf(words: readonly string[]): Readonly<Record<string, string>> & { acme: string } {
  const title = words.map((word) => (word === "crm" ? "CRM" : capitalized(word)));
  const [first = "", ...others] = words;
  return {
    "acme-folder": words.join("-"),
    acme: [first, ...others.map(capitalized)].join(""),
    Acme: title.join(" "),
    ACME: words.join("_").toUpperCase(),
  };
}

function capitalized(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
