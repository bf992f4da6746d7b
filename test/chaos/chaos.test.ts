/** The short form of `npm run chaos`: servers are killed, the CRM and the database fail, and no record is lost, doubled or wrong. */

import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { postgresAt, sqliteIn } from "../../scripts/chaos/databases.ts";
import { chaosTable, findingsOf } from "../../scripts/chaos/report.ts";
import { runChaos } from "../../scripts/chaos/run.ts";
import { testDatabases } from "../support/databases.ts";

const PLAN = {
  calls: 40,
  conversations: 10,
  kills: 4,
  people: 20,
  longestDelayMs: 1_000,
  stormMs: 6_000,
  stopAfterMs: 120_000,
};

const databases = await testDatabases();

suite("chaos, in short", { concurrency: true }, () => {
  for (const { name, skip, environment } of databases) {
    test(`on ${name}, what was accepted is in the CRM once, as it was last accepted`, { skip }, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), "trunkline-chaos-test-"));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const { DATABASE_URL: url } = await environment(t);
      const database = url === undefined ? sqliteIn(folder) : postgresAt(url);
      const seed = randomInt(1_000_000);
      const outcome = await runChaos({ ...PLAN, seed }, { folder, database });
      assert.deepEqual(findingsOf(outcome), [], `seed ${seed}\n${chaosTable([outcome])}`);
      assert.ok(outcome.accepted >= PLAN.calls / 2, "most of it is accepted");
      assert.equal(outcome.kills, PLAN.kills);
      assert.ok(outcome.faultsMet > 0, "the CRM failed");
    });
  }
});
