/** The plugin of docs/plugins.md does what the page says, as it stands there. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test, type TestContext } from "node:test";
import { newCall } from "../contract/calls.ts";
import { textOf } from "../contract/extension.ts";
import { readText } from "../docs/text-files.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn } from "../support/trunkline.ts";
import { administration } from "./administration.ts";

const [, PLUGIN = ""] = /^```js\n([^]*?)^```/m.exec(readText("docs/plugins.md")) ?? [];

/** Starts it. */
async function runPlugin(t: TestContext, folder: string, environment: Record<string, string>) {
  const file = join(folder, "plugin.mjs");
  writeFileSync(file, PLUGIN);
  const child = spawn(process.execPath, [file], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill());
  const [line]: unknown[] = await once(createInterface(child.stdout), "line");
  const stop = async () => {
    child.kill();
    await once(child, "exit");
  };
  return { port: Number(line), stop };
}

test("the plugin of the page takes card numbers out of notes, and answers nobody but us", async (t) => {
  const [sqlite] = await testDatabases();
  assert.ok(sqlite !== undefined);
  const { ask, running, tokens } = await administration(t, sqlite);
  const logged = async (sessionId: string) => {
    const note = `paid with 4111 1111 1111 1111: ${sessionId}`;
    const { text } = await ask("POST /callLog", { body: newCall(sessionId, { note }) });
    const bodies = (await activitiesIn(running)).map((activity) => textOf(activity["body"]));
    return { told: text, body: bodies.find((body) => body.includes(`: ${sessionId}`)) ?? "" };
  };

  // The secret is told when the address is known: the plugin starts anew with it.
  const { port, stop } = await runPlugin(t, running.folder, { PORT: "0", PLUGIN_SECRET: "not known yet" });
  const body = { pluginId: "card-numbers", address: `http://127.0.0.1:${port}/`, supportedLogTypes: ["call"] };
  const { json } = await ask("POST /plugin/register", { rc: tokens.administrator, body });
  const refused = await logged("before");
  assert.match(refused.told, /The plugin card-numbers answered with status 401/);
  assert.match(refused.body, /4111 1111 1111 1111/);
  await stop();

  await runPlugin(t, running.folder, { PORT: String(port), PLUGIN_SECRET: textOf(json["signingSecret"]) });
  const heeded = await logged("with the secret");
  assert.match(heeded.told, /Call logged/);
  assert.doesNotMatch(heeded.told, /plugin/);
  assert.match(heeded.body, /paid with \(card number\): with the secret/);
});
