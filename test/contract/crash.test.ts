/** A process that dies between the CRM's write and its own: the next one finds the record instead of making a second. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { runCrm } from "../demo-crm/running-crm.ts";
import { COMPILE_CACHE } from "../support/compile-cache.ts";
import { activitiesIn, logIn, runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { newCall } from "./calls.ts";
import { extensionAt } from "./extension.ts";

test("a server killed after the CRM wrote, started again and asked again has one record, and answers with its id", async (t) => {
  const crm = await runCrm(t);
  const folder = mkdtempSync(join(tmpdir(), "trunkline-crash-"));
  const elsewhere = { DEMO_CRM: "off", DEMO_API_URL: crm.url };
  const doomed = await start(t, folder, elsewhere);
  const beside = { url: doomed.url, demoCrmUrl: crm.url, folder, logs: [], crmRequests: [], statements: [] };
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${doomed.url}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    return { status: answer.status, headers: answer.headers, text: said, json: JSON.parse(said) };
  };
  const running = { ...beside, send, close: async () => undefined };
  const token = await logIn(running);
  await setFaults(running, { match: "POST /api/activities", kind: "timeout-after-write" });
  const unanswered = send("POST", `/callLog?jwtToken=${token}`, newCall("s1")).catch(() => "died");
  await until(async () => ((await activitiesIn(running)).length === 1 ? true : undefined));
  doomed.process.kill("SIGKILL");
  assert.equal(await unanswered, "died");

  leaseHasRunOut(folder);
  const next = await runTrunkline(t, { folder, environment: elsewhere });
  const ann = extensionAt({ ...next, demoCrmUrl: crm.url }).as(token);
  const logId = await until(async () => {
    const { json } = await ann.logCall(newCall("s1"));
    assert.equal(json["successful"], true);
    return String(json["logId"]).startsWith("pending-") ? undefined : json["logId"];
  });
  assert.deepEqual(
    (await activitiesIn(running)).map(({ id }) => id),
    [logId],
  );
});

/** The whole program, as `npm start` runs it, on a port of its own. */
async function start(t: TestContext, folder: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, [fileURLToPath(new URL("../../src/main.ts", import.meta.url)), "start"], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      PORT: "0",
      DATABASE_URL: `sqlite:${join(folder, "trunkline.db")}`,
      LOG_LEVEL: "error",
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  const [welcome]: unknown[] = await once(child.stdout, "data");
  const url = /listening on (\S+)/.exec(String(welcome))?.[1];
  assert.ok(url !== undefined, String(welcome));
  return { process: child, url };
}

/** What waiting for the dead process's lease would do, without the wait. */
function leaseHasRunOut(folder: string): void {
  const database = new DatabaseSync(join(folder, "trunkline.db"));
  assert.equal(database.prepare("UPDATE log_entries SET lease_until = 1 WHERE state = 'sending'").run().changes, 1);
  database.close();
}
