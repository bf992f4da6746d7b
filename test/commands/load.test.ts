/** Loading a connector from a path: what is taken, and what is said where something is wrong. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { loadConnector, loadFakeCrm } from "../../src/commands/connector/load.ts";
import { ConfigError } from "../../src/config.ts";
import { defineConnector } from "../../src/sdk/connector.ts";

type Files = Readonly<Record<string, string>>;

function folderWith(t: TestContext, files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-load-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ "package.json": '{"type":"module"}', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function assertSays(load: Promise<unknown>, sentence: RegExp): Promise<void> {
  await assert.rejects(load, (thrown) => {
    assert.ok(thrown instanceof ConfigError, String(thrown));
    assert.match(thrown.message, sentence);
    return true;
  });
}

const INCOMPLETE = `export const acme = { platform: "acme", hosts: "acme.example", findContacts() {}, createCallLog() {} };`;
const TWO = `const make = (platform) => ({ platform, findContact() {} }); export const one = make("a"), two = make("b");`;
/** Any function will do: nothing is called. */
const COMPLETE = `import { defineConnector } from "trunkline/sdk";
  const nothing = () => undefined;
  const acme = (platform) => defineConnector({
    platform, displayName: "Acme", variables: [], hosts: [], logFormat: "text/plain", auth: { type: "apiKey" },
    isConfigured: nothing, manifest: nothing, apiOrigin: nothing, getUserInfo: nothing, findContact: nothing,
    createCallLog: nothing, getCallLog: nothing, updateCallLog: nothing,
  });`;

const wrong: [name: string, files: Files, place: string, says: RegExp][] = [
  ["a path where there is nothing", {}, "acme", /^There is no .*acme\.$/],
  ["a folder without a connector", { "acme/other.ts": "" }, "acme", /acme holds no index\.ts or index\.js\.$/],
  ["a file that cannot be parsed", { "index.ts": "export const = 1;" }, ".", /cannot be loaded\. \w*Error/],
  ["an import that leads nowhere", { "index.ts": 'import "./contact.ts";' }, ".", /cannot be loaded\. .*contact\.ts/],
  ["a door that there is not", { "index.ts": 'import "trunkline/core";' }, ".", /cannot be loaded\. .*trunkline/],
  [
    "a file without a connector",
    { "index.ts": "export const hosts = [];" },
    ".",
    /exports no connector\. Export one made/,
  ],
  ["several connectors", { "index.ts": TWO }, ".", /several connectors: one, two\. Choose one with .*#one\.$/],
  ["a choice that there is not", { "index.ts": TWO }, ".#three", /exports no connector three, only one, two\.$/],
];
for (const [name, files, place, says] of wrong) {
  test(`${name} is said in a plain sentence`, async (t) => {
    await assertSays(loadConnector(join(folderWith(t, files), place)), says);
  });
}

test("every member that is missing, wrong or unknown is named", async (t) => {
  const load = loadConnector(folderWith(t, { "index.ts": INCOMPLETE }));
  for (const says of [
    /exports as acme is not complete/,
    /It lacks displayName, which must be a text\./,
    /It lacks updateCallLog, which must be a function\./,
    /It has a hosts that must be a list\./,
    /It has a findContacts, which is no member of a connector\./,
  ])
    await assertSays(load, says);
});

for (const [place, exported] of [
  [".", "export default acme('acme');"],
  ["./index.ts", "const it = acme('acme'); export { it, it as same };"],
  [".#second", "export const first = acme('other'), second = acme('acme');"],
  [".#acme", "export const first = acme('other'), second = acme('acme');"],
] as const) {
  test(`${place} is taken where the file says: ${exported}`, async (t) => {
    const connector = await loadConnector(`${folderWith(t, { "index.ts": `${COMPLETE}\n${exported}` })}/${place}`);
    assert.equal(connector.platform, "acme");
  });
}

test("a connector's file is given the SDK that runs here, not another copy of it", async (t) => {
  const folder = folderWith(t, {
    "index.ts": `${COMPLETE}\nimport * as sdk from "trunkline/sdk"; export const it = Object.assign(acme("acme"), { meaningOfFailure: sdk.defineConnector });`,
  });
  assert.equal((await loadConnector(folder)).meaningOfFailure, defineConnector);
});

test("a fake that is missing, or starts nothing, is named", async (t) => {
  const without = folderWith(t, { "index.ts": "" });
  await assertSays(loadFakeCrm(without), /holds no fake-crm\.ts or fake-crm\.js/);
  const idle = folderWith(t, { "index.ts": "", "fake-crm.ts": "export const start = 1;" });
  await assertSays(loadFakeCrm(idle), /fake-crm\.ts exports no function startCrm\.$/);
});
