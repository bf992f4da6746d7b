/** The trail and the traffic in the database: sealed, added up between processes, and forgotten in time. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { createCrmTrafficStore } from "../../src/store/crm-traffic.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createTrailStore, type NewTrailStep, type TrailStep } from "../../src/store/trail.ts";
import type { JsonObject } from "../../src/store/json.ts";
import { createUserStore } from "../../src/store/users.ts";
import { createVault } from "../../src/store/vault.ts";
import { forgetTrail } from "../../src/core/trail/forgetting.ts";
import { testDatabases, type TestDatabase } from "../support/databases.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

async function opened(t: TestContext, testDatabase: TestDatabase) {
  const { DATABASE_URL: url = "sqlite::memory:" } = await testDatabase.environment(t);
  const vault = createVault(["a key"]);
  const database = await openDatabase({ url, vault });
  t.after(() => database.close());
  const users = createUserStore({ database, vault });
  const ann = await users.save({
    platform: "demo",
    tenant: "demo",
    crmUserId: "1",
    name: "Ann",
    hostname: undefined,
    timeZone: "UTC",
    platformAdditionalInfo: {},
    credentials: { type: "apiKey", authorization: "Basic secret" },
    rcAccountId: undefined,
  });
  const trail = createTrailStore({ database, vault });
  return { database, vault, users, ann, trail, traffic: createCrmTrafficStore({ database }) };
}

function step(userId: string, at: number, more: Partial<TrailStep> = {}): TrailStep {
  const identity = { numberHash: "a hash", sourceKey: "s1", entryId: "e1" };
  return { at, userId, what: "log accepted", ...identity, facts: { contact: "Luke", at }, ...more };
}

const sealed = (one: TrailStep): NewTrailStep => ({ ...one, isSecret: true });

for (const database of await testDatabases()) {
  await suite(`the trail on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("steps are read back newest first, and what they say is sealed", async (t) => {
      const { ann, trail, database: open } = await opened(t, database);
      const looked = step(ann.id, 3, { what: "number looked up", sourceKey: undefined, entryId: undefined });
      await trail.record([step(ann.id, 1), step(ann.id, 2), looked].map(sealed));
      assert.deepEqual(
        (await trail.latest(2)).map(({ at }) => at),
        [3, 2],
      );
      assert.deepEqual(await trail.ofSource("s1", 10), [step(ann.id, 2), step(ann.id, 1)]);
      assert.deepEqual(await trail.ofNumbers(["a hash", "another"], 3, 10), [step(ann.id, 2), step(ann.id, 1)]);
      assert.deepEqual(await trail.ofUser(ann.id, 2, 10), [looked]);
      assert.deepEqual(await trail.lookUps(ann.id, "a hash", 1, 3, 10), [looked]);
      assert.deepEqual(await trail.lookUps("somebody else", "a hash", 1, 3, 10), []);
      const rows = await open.db.selectFrom("trail").selectAll().execute();
      assert.doesNotMatch(JSON.stringify(rows), /Luke/);
      const other = createTrailStore({ database: open, vault: createVault(["another key"]) });
      assert.equal((await other.latest(1))[0]?.facts, undefined);
    });

    test("steps that name nobody and repeat nothing are kept as they are", async (t) => {
      const { ann, trail, database: open } = await opened(t, database);
      const accepted = step(ann.id, 1, { facts: { kind: "call", contactId: "1", version: 1 } });
      await trail.record([{ ...accepted, isSecret: false }]);
      assert.deepEqual(await trail.latest(1), [accepted]);
      const other = createTrailStore({ database: open, vault: createVault(["another key"]) });
      assert.deepEqual(await other.latest(1), [accepted]);
    });

    test("an acceptance and what came of it are one row, and two steps for whoever looks", async (t) => {
      const { ann, trail, database: open } = await opened(t, database);
      const accepted = step(ann.id, 1, { facts: { kind: "call", contactId: "1", version: 1 } });
      const attempted = (at: number, facts: JsonObject) =>
        step(ann.id, at, { what: "log attempted", numberHash: undefined, facts });
      const written = attempted(4, { state: "written" });
      const refused = attempted(6, { state: "refused", reason: "Luke is no contact" });
      const between = step(ann.id, 2, { sourceKey: "s2", facts: {} });
      await trail.record([
        { ...accepted, isSecret: false, next: { ...written, isSecret: false } },
        { ...between, isSecret: false },
      ]);
      assert.deepEqual(await trail.latest(10), [written, between, accepted]);
      assert.deepEqual(await trail.latest(2), [written, between]);
      assert.deepEqual(await trail.ofSource("s1", 10), [written, accepted]);
      assert.deepEqual(await trail.ofUser(ann.id, 0, 2), [written, between]);
      assert.deepEqual(await trail.ofNumbers(["a hash"], 10, 2), [between, accepted]);
      await trail.record([{ ...between, at: 5, isSecret: false, next: { ...refused, isSecret: true } }]);
      const rows = await open.db.selectFrom("trail").select("facts").orderBy("at").execute();
      assert.equal(rows.length, 3);
      assert.doesNotMatch(JSON.stringify(rows), /Luke/);
      assert.deepEqual((await trail.latest(1))[0]?.facts, refused.facts);
    });

    test("a user who is gone takes nobody else's steps along", async (t) => {
      const { ann, trail } = await opened(t, database);
      await trail.record([step("nobody", 1), step(ann.id, 2)].map(sealed));
      assert.deepEqual(
        (await trail.latest(10)).map(({ userId }) => userId),
        [ann.id],
      );
    });

    test("whoever is removed leaves no trail", async (t) => {
      const { ann, users, trail } = await opened(t, database);
      await trail.record([step(ann.id, 1)].map(sealed));
      assert.equal(await users.remove({ platform: "demo", tenant: "demo", crmUserId: "1" }), true);
      assert.deepEqual(await trail.latest(10), []);
    });

    test("processes that count at the same time count together", async (t) => {
      const { traffic } = await opened(t, database);
      const counts = ["GET /a", "GET /b", "GET /c"].map((operation) => ({
        span: 600_000,
        platform: "demo",
        operation,
        outcome: "200",
        withinMs: 50,
        requests: 2,
      }));
      await Promise.all(Array.from({ length: 20 }, (_, at) => traffic.add(at % 2 ? counts : counts.toReversed())));
      assert.deepEqual(await traffic.bySpan(600_000, 10), [
        { span: 600_000, platform: "demo", outcome: "200", withinMs: 50, requests: 120 },
      ]);
      const byOperation = await traffic.byOperation(0, 10);
      assert.deepEqual(byOperation.map(({ operation, requests }) => `${operation} ${requests}`).toSorted(), [
        "GET /a 40",
        "GET /b 40",
        "GET /c 40",
      ]);
      assert.deepEqual(await traffic.bySpan(600_001, 10), []);
    });

    test("what is too old is forgotten, and stopping stops it half-way", async (t) => {
      const { ann, trail, traffic } = await opened(t, database);
      const now = Date.now();
      const old = now - 31 * DAY_MS;
      for (let batch = 0; batch < 3; batch += 1) {
        await trail.record(Array.from({ length: 400 }, (_, at) => sealed(step(ann.id, old + at))));
      }
      await trail.record([step(ann.id, now - 29 * DAY_MS)].map(sealed));
      const count = { platform: "demo", operation: "GET /a", outcome: "200", withinMs: 5, requests: 1 };
      const spans = Array.from({ length: 20 }, (_, at) => now - 9 * DAY_MS + at * 600_000);
      await traffic.add([...spans, now - 7 * DAY_MS].map((span) => ({ ...count, span })));

      await forgetTrail({ trail, traffic }, now, AbortSignal.abort());
      assert.equal((await trail.latest(2_000)).length, 701);
      await forgetTrail({ trail, traffic }, now, new AbortController().signal);
      assert.equal((await trail.latest(2_000)).length, 1);
      assert.deepEqual(
        (await traffic.bySpan(0, 100)).map(({ span }) => span),
        [now - 7 * DAY_MS],
      );
    });
  });
}
