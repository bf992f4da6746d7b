/** docs/configuration.md says what the program reads, and nothing else. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CONFIGURATION_PAGE, configurationPage } from "../../scripts/configuration-page.ts";
import { VARIABLES } from "../../src/config.ts";
import { CONNECTORS } from "../../src/connectors/index.ts";
import { sourcesIn } from "../architecture/sources.ts";

const DECLARED = new Set([
  ...VARIABLES.map(({ name }) => name),
  ...CONNECTORS.flatMap(({ variables }) => variables.map(({ name }) => name)),
]);

test("docs/configuration.md is what npm run docs writes", async () => {
  assert.equal(readFileSync(CONFIGURATION_PAGE, "utf8"), await configurationPage());
});

test("every variable that the program reads is declared with an explanation", () => {
  const read = sourcesIn("src").flatMap(({ code }) =>
    [...code.matchAll(/(?:\bread\(|\b[eE]nvironment\[)"([A-Z][A-Z0-9_]*)"/g)].map(([, name = ""]) => name),
  );
  assert.ok(read.includes("PORT") && read.includes("DEMO_API_URL"));
  assert.deepEqual(
    read.filter((name) => !DECLARED.has(name)),
    [],
  );
});

test("no variable is declared twice with different explanations", () => {
  const said = new Map<string, string>();
  for (const { name, explanation } of [...VARIABLES, ...CONNECTORS.flatMap(({ variables }) => variables)]) {
    assert.equal(said.get(name) ?? explanation, explanation, name);
    said.set(name, explanation);
  }
});
