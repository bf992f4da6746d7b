/** Long outages: old entries do not wait for their own turn once the CRM is back, and a CRM that fails for days is a matter for a person. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { Kysely } from "kysely";
import { createUserStore } from "../../src/store/users.ts";
import { dialectOf } from "../../src/store/database.ts";
import type { Tables } from "../../src/store/schema.ts";
import { createVault } from "../../src/store/vault.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { activitiesIn, logIn, runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { assertOnItsWay, phoneOf } from "./call.ts";

const HOUR = 60 * 60 * 1000;

async function ready(t: TestContext, database: TestDatabase) {
  const environment = await database.environment(t);
  const running = await runTrunkline(t, { environment });
  const dialect = await dialectOf(environment["DATABASE_URL"] ?? `sqlite:${join(running.folder, "trunkline.db")}`);
  const db = new Kysely<Tables>({ dialect: dialect.kysely });
  // Before the server's own folder goes.
  const close = () => db.destroy();
  return { running, db, dialect, close, phone: phoneOf(running, await logIn(running)) };
}

for (const database of await testDatabases()) {
  await suite(`long outages on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("the first success after an outage wakes everything that waits for that CRM", async (t) => {
      const { running, db, phone, close } = await ready(t, database);
      // Known not to have been written.
      await setFaults(running, { match: "POST /api/activities", kind: "429", ms: 1, dialect: "seconds", times: 1_000 });
      for (const session of ["s1", "s2", "s3"]) assertOnItsWay(await phone.post(session));
      // As if they had waited for so long that each is tried every few minutes only.
      const tomorrow = Date.now() + 24 * HOUR;
      await until(async () => {
        const old = { next_attempt_at: tomorrow, hold_until: null, owed_since: Date.now() - 2 * HOUR };
        await db.updateTable("log_entries").set(old).where("state", "=", "pending").execute();
        const rows = await db.selectFrom("log_entries").select("next_attempt_at").execute();
        return rows.every((row) => row.next_attempt_at === tomorrow) ? true : undefined;
      });
      await close();
      await setFaults(running);
      await phone.post("s4");
      for (const session of ["s1", "s2", "s3", "s4"]) await phone.written(session);
      assert.equal((await activitiesIn(running)).length, 4);
    });

    test("creations that end in errors for three days wait for a person, uncertain and with the reason", async (t) => {
      const { running, db, phone, close } = await ready(t, database);
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 1_000 });
      assertOnItsWay(await phone.post("s1"));
      const given = await until(async () => {
        await db
          .updateTable("log_entries")
          .set({ owed_since: Date.now() - 73 * HOUR })
          .execute();
        const [entry] = await db.selectFrom("log_entries").selectAll().execute();
        return entry?.state === "uncertain" && entry.next_attempt_at === null ? entry : undefined;
      });
      assert.ok(given.last_error, "without a reason");
      assert.ok(given.sent, "what was sent is forgotten");
      await close();
    });

    test("who removed the app while a creation was uncertain, and comes back, gets it once", async (t) => {
      const { running, db, dialect, phone, close } = await ready(t, database);
      await setFaults(running, { match: "POST /api/activities", kind: "timeout-after-write", times: 2 });
      const posting = phone.post("s1");
      const user = await until(async () => {
        const [entry] = await db.selectFrom("log_entries").select(["user_id", "state"]).execute();
        const isThere = (await activitiesIn(running).catch(() => [])).length === 1;
        return entry?.state === "sending" && isThere ? entry.user_id : undefined;
      });
      const {
        platform,
        tenant,
        crm_user_id: crmUserId,
      } = await db.selectFrom("users").selectAll().where("id", "=", user).executeTakeFirstOrThrow();
      const users = createUserStore({
        database: { db, relaxedDb: db, dialect, close },
        vault: createVault(["of no importance"]),
      });
      assert.equal(await users.remove({ platform, tenant, crmUserId }), true);
      await close();
      await posting;
      await setFaults(running);
      const back = phoneOf(running, await logIn(running));
      await back.post("s1");
      await back.written("s1");
      assert.equal((await activitiesIn(running)).length, 1);
    });
  });
}
