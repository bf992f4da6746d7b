/** Two processes with one SQLite file: whoever waits for the other to have written goes on answering meanwhile. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openDatabase } from "../../src/store/database.ts";
import { createVault } from "../../src/store/vault.ts";
import { whenFree } from "../../src/store/when-free.ts";

async function twoProcesses(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-busy-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const open = async () => {
    const database = await openDatabase({ url: `sqlite:${join(folder, "db")}`, vault: createVault(["a key"]) });
    t.after(() => database.close());
    return database;
  };
  return { one: await open(), other: await open() };
}

const span = (number: number) => ({
  span: number,
  platform: "demo",
  operation: "GET /a",
  outcome: "200",
  within_ms: 5,
  requests: 1,
});

test("a change and a transaction wait for another process, and the event loop does not", async (t) => {
  const { one, other } = await twoProcesses(t);
  let free: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const holding = one.db.transaction().execute(async (transaction) => {
    await transaction.insertInto("crm_traffic").values(span(1)).execute();
    await held;
  });
  await nextTurn();
  const done: string[] = [];
  const waiting = [
    other.db
      .insertInto("crm_traffic")
      .values(span(2))
      .execute()
      .then(() => done.push("change")),
    other.db
      .transaction()
      .execute((transaction) => transaction.insertInto("crm_traffic").values(span(3)).execute())
      .then(() => done.push("transaction")),
  ];
  for (let turn = 0; turn < 50; turn += 1) await nextTurn();
  assert.deepEqual(done, []);
  assert.deepEqual(await other.db.selectFrom("crm_traffic").selectAll().execute(), []);
  free();
  await Promise.all([holding, ...waiting]);
  assert.deepEqual(new Set(done), new Set(["change", "transaction"]));
  assert.equal((await one.db.selectFrom("crm_traffic").selectAll().execute()).length, 3);
});

test("what is not a matter of waiting is told at once", async () => {
  let attempts = 0;
  const full = Object.assign(new Error("database or disk is full"), { errcode: 13 });
  await assert.rejects(
    whenFree(() => {
      attempts += 1;
      throw full;
    }),
    full,
  );
  assert.equal(attempts, 1);
  assert.equal(await whenFree(() => "free"), "free");
});

test("nobody waits for ever", async (t) => {
  t.mock.timers.enable({ apis: ["Date"] });
  const busy = Object.assign(new Error("database is locked"), { errcode: 5 });
  let attempts = 0;
  await assert.rejects(
    whenFree(() => {
      attempts += 1;
      t.mock.timers.tick(2_000);
      throw busy;
    }),
    busy,
  );
  assert.equal(attempts, 3);
});
