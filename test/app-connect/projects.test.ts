/** Whole projects written for App Connect: TypeScript that its compiler makes CommonJS of, and all that they ask of the core. */

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { loadFromAppConnect } from "../../src/commands/connector/app-connect.ts";
import { workplace } from "../support/processes.ts";

const MANIFEST = JSON.stringify({
  platforms: { mine: { displayName: "My CRM", auth: { type: "apiKey" }, page: {} } },
});
const REST = "exports.createCallLog = exports.updateCallLog = exports.getUserInfo = async (_: any) => ({});";

function project(t: TestContext, files: Record<string, string>): (path: string) => string {
  const { folder } = workplace(t);
  for (const [name, text] of Object.entries({ "manifest.json": MANIFEST, ...files })) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return (path) => join(folder, path);
}

/** What the connector says its logs are written in: proof that it was loaded whole. */
async function formatOf(place: string): Promise<string> {
  const [loaded] = await loadFromAppConnect(place);
  assert.ok(loaded !== undefined);
  return loaded.connector.logFormat;
}

const WRITTEN: [how: string, files: Record<string, string>][] = [
  [
    "that says both exports and export {}",
    {
      "mine.ts": `const { LOG_DETAILS_FORMAT_TYPE } = /** @type {any} */ (require('@app-connect/core/lib/constants'));
function getLogFormatType(): string { return LOG_DETAILS_FORMAT_TYPE.HTML; }
exports.getLogFormatType = getLogFormatType;
${REST}

export { };
`,
    },
  ],
  [
    "that imports one thing and requires another",
    {
      "mine.ts": `import formats from './formats.json';
import { sep } from 'node:path';
const core = require('@app-connect/core/lib/constants');
exports.getLogFormatType = (): string => (sep ? core.LOG_DETAILS_FORMAT_TYPE[formats.mine] : '');
${REST}`,
      "formats.json": '{"mine":"HTML"}',
    },
  ],
  [
    "that exports as an ES module, and requires",
    {
      "mine.ts": `const core = require('@app-connect/core/lib/constants');
export function getLogFormatType(): string { return core.LOG_DETAILS_FORMAT_TYPE.HTML; }
export const createCallLog = async () => ({});
export const updateCallLog = createCallLog, getUserInfo = createCallLog;`,
    },
  ],
  [
    "with what only a compiler can take away",
    {
      "mine.ts": `import core = require('@app-connect/core/lib/constants');
enum Format { Rich = 'HTML' }
class Answer { constructor(private readonly format: string) {} text() { return this.format; } }
exports.getLogFormatType = (): string => new Answer((core as any).LOG_DETAILS_FORMAT_TYPE[Format.Rich]).text();
${REST}`,
    },
  ],
  [
    "whose files export one thing each, and name each other as they will be called once they are compiled",
    {
      "mine.ts": `exports.getLogFormatType = require('./parts/format.js');\n${REST}`,
      "parts/format.ts":
        "function getLogFormatType(): string { return require('@app-connect/core/lib/constants').LOG_DETAILS_FORMAT_TYPE.HTML; }\nexport = getLogFormatType;",
    },
  ],
];

for (const [how, files] of WRITTEN) {
  test(`a connector in TypeScript ${how} is loaded`, async (t) => {
    assert.equal(await formatOf(project(t, files)("mine.ts")), "text/html");
  });
}

test("a connector that lies in a checkout of the whole project finds the core beside it stood in for", async (t) => {
  const at = project(t, {
    "src/connectors/mine/index.js": `const { LOG_DETAILS_FORMAT_TYPE } = require('../../../packages/core/lib/constants');
exports.getLogFormatType = () => LOG_DETAILS_FORMAT_TYPE.MARKDOWN;
exports.createCallLog = exports.updateCallLog = exports.getUserInfo = async () => ({});`,
    "src/connectors/manifest.json": MANIFEST,
    "packages/core/package.json": '{"name":"@app-connect/core"}',
    "packages/core/lib/constants.js": "throw new Error('This would open a database.');",
  });
  assert.equal(await formatOf(at("src/connectors/mine")), "text/markdown");
});

test("another project's own core is left alone", async (t) => {
  const at = project(t, {
    "src/mine.js": `exports.getLogFormatType = () => require('../packages/core/lib/constants').format;
exports.createCallLog = exports.updateCallLog = exports.getUserInfo = async () => ({});`,
    "packages/core/package.json": '{"name":"our-core"}',
    "packages/core/lib/constants.js": "exports.format = 'text/markdown';",
  });
  assert.equal(await formatOf(at("src/mine.js")), "text/markdown");
});

test("what connectors use of the core is there without it: locks, errors, OAuth, the registry and the directory", async (t) => {
  const at = project(t, {
    "app.ts": `const { connectorRegistry } = require('@app-connect/core');
const registry = require('@app-connect/core/connector/registry');
const portal = require('@app-connect/core/connector/developerPortal');
const { handleDatabaseError } = require('@app-connect/core/lib/errorHandler');
const { rateLimitErrorMessage } = require('@app-connect/core/lib/generalErrorMessage');
const oauth = require('@app-connect/core/lib/oauth');
const { Lock } = require('@app-connect/core/models/dynamo/lockSchema');
portal.getConnectorManifest = async () => ({ here: true });
async function getLogFormatType() {
  const lock = await Lock.create({ userId: '1', ttl: 30 }, { overwrite: false });
  await lock.delete();
  const user = await oauth.checkAndRefreshAccessToken(oauth.getOAuthApp({ clientId: 'a' }), { id: '1' });
  const facts = [
    registry === connectorRegistry, (await portal.getConnectorManifest()).here, user.id === '1',
    handleDatabaseError(new Error('x'), 'saving').successful === false,
    typeof rateLimitErrorMessage({ platform: 'mine' }).message === 'string',
  ];
  return facts.every((fact) => fact === true) ? 'text/html' : JSON.stringify(facts);
}
const mine: any = { getLogFormatType };
mine.createCallLog = mine.updateCallLog = mine.getUserInfo = async () => ({});
registry.registerConnector('mine', mine, require('./manifest.json'));
`,
  });
  assert.equal(await formatOf(at("app.ts")), "text/html");
});

test("whatever else of the core a connector asks for must be installed beside it: the sentence says so", async (t) => {
  const at = project(t, { "mine.js": "require('@app-connect/core/lib/callLogComposer');" });
  await assert.rejects(loadFromAppConnect(at("mine.js")), /Install @app-connect\/core beside it\.$/);
  const installed = project(t, {
    "mine.js": `exports.getLogFormatType = () => require('@app-connect/core/lib/callLogComposer').format;
exports.createCallLog = exports.updateCallLog = exports.getUserInfo = async () => ({});`,
    "node_modules/@app-connect/core/package.json": '{"name":"@app-connect/core","exports":{"./*":"./dist/*.js"}}',
    "node_modules/@app-connect/core/dist/lib/callLogComposer.js":
      "exports.format = require('./constants').LOG_DETAILS_FORMAT_TYPE.HTML;",
    "node_modules/@app-connect/core/dist/lib/constants.js": "throw new Error('This would open a database.');",
  });
  assert.equal(await formatOf(installed("mine.js")), "text/html");
});
