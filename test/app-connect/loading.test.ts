/** How a connector for App Connect is found on disk, and what is said where it cannot be used. */

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { loadFromAppConnect } from "../../src/commands/connector/app-connect.ts";
import { workplace } from "../support/processes.ts";

const at = (path: string) => fileURLToPath(new URL(`./connectors/${path}`, import.meta.url));
const COMPLETE = "exports.createCallLog = exports.updateCallLog = exports.getUserInfo = async () => ({});";
const PLATFORM = { displayName: "My CRM", auth: { type: "apiKey" }, page: {} };

function written(t: TestContext, files: Record<string, string>): string {
  const { folder } = workplace(t);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test("a folder, a file, an ES module and a whole project are loaded, with the manifest that belongs to them", async () => {
  for (const [place, platform, format, type] of [
    ["today", "today", "text/html", "apiKey"],
    ["before/index.cjs", "before", "text/plain", "apiKey"],
    ["granted/granted.mjs", "granted", "text/markdown", "oauth"],
  ] as const) {
    const [{ connector }] = await loaded(at(place));
    assert.deepEqual([connector.platform, connector.logFormat, connector.auth.type], [platform, format, type]);
  }
  const [{ connector: registered }] = await loaded(at("registered/app.cjs"));
  assert.equal(registered.platform, "before");
  assert.ok(registered.getUserList !== undefined);
  const [{ connector: granted }] = await loaded(`${at("granted/granted.mjs")}#granted`);
  assert.deepEqual(granted.hosts, ["*.granted.example.com"]);
});

test("a project in TypeScript is loaded, whose files name each other without an ending", async (t) => {
  const folder = written(t, {
    "connectors/mine.ts":
      "exports.getLogFormatType = require('./parts/format'); exports.createCallLog = exports.updateCallLog = exports.getUserInfo = async (_: object) => ({});",
    "connectors/parts/format.ts":
      "function getLogFormatType(): string { return 'text/html'; }\nmodule.exports = getLogFormatType;",
    "manifest.json": JSON.stringify({ platforms: [{ ...PLATFORM, name: "mine", auth: { type: "oauth" } }] }),
  });
  const [{ connector }] = await loaded(join(folder, "connectors/mine.ts"));
  assert.deepEqual([connector.platform, connector.auth.type, connector.logFormat], ["mine", "oauth", "text/html"]);
});

test("a manifest is made fit for the client, and sends it nowhere else", async () => {
  const [{ connector }] = await loaded(at("today"));
  const manifest = connector.manifest({ serverUrl: "https://here.example.com", environment: {} });
  assert.equal(JSON.stringify(manifest).includes("elsewhere"), false);
  assert.deepEqual(manifest.contactTypes, [
    { display: "Contact", value: "Contact" },
    { display: "Lead", value: "Lead" },
  ]);
  assert.deepEqual(manifest.page.messageLog, { additionalFields: [] });
  assert.equal(manifest.page.useContactSearch, true);
});

const problems: [name: string, files: Record<string, string>, place: string, says: RegExp][] = [
  ["nothing there", {}, "none.js", /^There is no .*none\.js\.$/],
  ["a folder without one", { "a/notes.txt": "" }, "a", /holds none of index\.js, /],
  ["a file that breaks", { "a.js": "throw new Error('no licence');" }, "a.js", /cannot be loaded\. Error: no licence$/],
  ["a file that is something else", { "a.js": "exports.x = 1;" }, "a.js", /exports no connector for App Connect/],
  [
    "functions that lack",
    { "a.js": "exports.createCallLog = 1; exports.getUserInfo = () => 1;" },
    "a.js",
    /lacks createCallLog, updateCallLog\.$/,
  ],
  ["no manifest", { "deep/er/a.js": COMPLETE }, "deep/er/a.js", /There is no manifest for .*a\.js/],
  ["a manifest that is no JSON", { "a.js": COMPLETE, "manifest.json": "{" }, "a.js", /manifest\.json is no JSON\./],
  ["a manifest without platforms", { "a.js": COMPLETE, "manifest.json": "{}" }, "a.js", /has no platforms\.$/],
  [
    "a choice of platforms",
    { "a.js": COMPLETE, "manifest.json": JSON.stringify({ platforms: { one: PLATFORM, two: PLATFORM } }) },
    "a.js",
    /has the platforms one, two\. Choose one with .*a\.js#one\.$/,
  ],
  [
    "a manifest that the client could not show",
    {
      "a.js": COMPLETE,
      "manifest.json": JSON.stringify({ platforms: { one: { ...PLATFORM, settings: [{ id: 1 }] } } }),
    },
    "a.js",
    /The manifest of one for .* cannot be used: settings/,
  ],
];

for (const [name, files, place, says] of problems) {
  test(`${name}: a sentence says so`, async (t) => {
    const folder = written(t, files);
    await assert.rejects(
      loadFromAppConnect(join(folder, place)),
      ({ message }: Error) => says.test(message) || assert.fail(message),
    );
  });
}

await suite("the command line", { concurrency: 2 }, () => {
  test("connector check says what is offered and what App Connect's interface cannot promise", async (t) => {
    const { trunkline } = workplace(t);
    const { code, stderr, stdout } = await trunkline(["connector", "check", "--app-connect-connector", at("today")])
      .exit;
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /What it cannot promise\n {2}A connector for App Connect is not told where to put a marker\. An extra export findCallLog/,
    );
    assert.match(stdout, /an extra export getMessageLog/);
    assert.match(stdout, /Today CRM \(today\): 0 passed, 0 failed, 0 not offered\n$/);
    const extra = await trunkline([
      "connector",
      "check",
      "--json",
      "--app-connect-connector",
      at("granted/granted.mjs"),
    ]).exit;
    assert.doesNotMatch(extra.stdout, /An extra export findCallLog/);
    assert.match(extra.stdout, /Messages are not logged/);
  });

  test("start serves such a connector in place of ours for the same CRM", async (t) => {
    const manifest = JSON.stringify({ platforms: { demo: { ...PLATFORM, displayName: "Their Demo CRM" } } });
    const folder = written(t, { "demo.js": COMPLETE, "manifest.json": manifest });
    const { trunkline } = workplace(t);
    const environment = { PORT: "0", DEMO_CRM: "off" };
    const server = trunkline(["start", "--app-connect-connector", join(folder, "demo.js")], { environment });
    const url = await server.prints(/listening on (\S+)/);
    const { platforms }: { platforms?: unknown } = JSON.parse(
      await (await fetch(`${url}/crmManifest?platformName=demo`)).text(),
    );
    assert.match(JSON.stringify(platforms), /Their Demo CRM/);
  });
});

async function loaded(place: string) {
  const [first, ...others] = await loadFromAppConnect(place);
  assert.ok(first !== undefined);
  return [first, ...others] as const;
}
