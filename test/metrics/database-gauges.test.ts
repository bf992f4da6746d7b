/** What only the database knows is shown as it is now, or not at all. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createObservations } from "../../src/core/observations.ts";
import type { DatabaseSource } from "../../src/metrics/database-gauges.ts";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { readExposition } from "./exposition.ts";

test("when the database goes away, what it said before is not repeated, and the reason is told", async (t) => {
  const failures: unknown[] = [];
  const gone = new Error("connection refused");
  const source: DatabaseSource = {
    owed: () => Promise.resolve([{ state: "pending", entries: 3, oldestSince: Date.now() - 60_000 }]),
    connectedUsers: () => Promise.resolve([{ platform: "demo", users: 2 }]),
    pool: () => ({ limit: 10, open: 4, idle: 1, waiting: 7 }),
    onFailure: (thrown) => failures.push(thrown),
  };
  const metrics = createMetrics({ version: "0", observations: createObservations(), database: source });
  t.after(() => metrics.close());

  const there = readExposition(await metrics.read());
  assert.equal(there.value("trunkline_database_up"), 1);
  assert.equal(there.value("trunkline_ledger_entries", { state: "pending" }), 3);
  assert.ok((there.value("trunkline_ledger_oldest_age_seconds", { state: "pending" }) ?? 0) >= 60);
  assert.equal(there.value("trunkline_connected_users", { connector: "demo" }), 2);
  assert.equal(there.value("trunkline_database_pool_connections", { state: "busy" }), 3);
  assert.equal(there.value("trunkline_database_pool_connections", { state: "idle" }), 1);
  assert.equal(there.value("trunkline_database_pool_limit"), 10);
  assert.equal(there.value("trunkline_database_pool_waiting"), 7);

  source.owed = () => Promise.reject(gone);
  source.connectedUsers = () => Promise.reject(gone);
  const away = readExposition(await metrics.read());
  assert.equal(away.value("trunkline_database_up"), 0);
  for (const name of ["trunkline_ledger_entries", "trunkline_ledger_oldest_age_seconds", "trunkline_connected_users"])
    assert.equal(away.value(name), undefined, name);
  assert.deepEqual(failures, [gone, gone]);
});
