/** Starting and stopping the Demo CRM. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import { startDemoCrm } from "../../src/demo-crm/server.ts";
import { runCrm, send } from "./running-crm.ts";

async function names(url: string): Promise<string[]> {
  const { items } = JSON.parse((await send(url, "GET /api/contacts?limit=1000", {})).text);
  return items.map(({ name }: { name: string }) => name);
}

test("a file keeps everything between starts and is seeded only once, in a folder made for it", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-crm-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const options = { host: "127.0.0.1", port: 0, file: join(folder, "not", "yet", "crm.db") };
  const first = await startDemoCrm(options);
  await send(first.url, "POST /api/contacts", { json: { name: "Kept" } });
  const before = await names(first.url);
  await first.close();

  const second = await startDemoCrm(options);
  t.after(() => second.close());
  assert.deepEqual(await names(second.url), before);
  assert.equal(before.filter((name) => name === "Luke Skywalker").length, 1);
});

test("a file from before activities had owners is brought up to date, with what it held", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-crm-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const options = { host: "127.0.0.1", port: 0, file: join(folder, "crm.db") };
  const first = await startDemoCrm(options);
  const before = await names(first.url);
  await first.close();
  const database = new DatabaseSync(options.file);
  database.exec("DROP TABLE appointments; ALTER TABLE activities DROP COLUMN owner_id; PRAGMA user_version = 1");
  database.close();
  const second = await startDemoCrm(options);
  t.after(() => second.close());
  assert.deepEqual(await names(second.url), before);
  const logged = await send(second.url, "POST /api/activities", { json: { contactId: "1", ownerId: "2" } });
  assert.equal(logged.status, 201, logged.text);
});

test("a file of another version is refused by its name and left as it is", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-crm-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "crm.db");
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99");
  database.close();
  await assert.rejects(startDemoCrm({ host: "127.0.0.1", port: 0, file }), /crm\.db was made by another version/);
});

test("a port that is taken is an error, not a hang, and closing twice is harmless", async (t) => {
  const crm = await runCrm(t);
  const port = Number(new URL(crm.url).port);
  await assert.rejects(startDemoCrm({ host: "127.0.0.1", port, file: ":memory:" }), { code: "EADDRINUSE" });
  await crm.close();
  await crm.close();
});

test("the address it gives can be called, also when it listens everywhere", async (t) => {
  const crm = await runCrm(t, { host: "0.0.0.0" });
  assert.match(crm.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await crm.send("GET /api/me")).status, 200);
});
