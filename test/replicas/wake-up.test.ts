/** What becomes due in one process is known to the workers of all. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { Kysely } from "kysely";
import { Client } from "pg";
import { createLogEntryStore } from "../../src/store/log-entries.ts";
import { postgres } from "../../src/store/postgres.ts";
import type { Tables } from "../../src/store/schema.ts";
import { createVault } from "../../src/store/vault.ts";
import { assertOnItsWay, phoneOf } from "../ledger/call.ts";
import { activitiesIn, logIn, setFaults, until } from "../support/trunkline.ts";
import { freshSetting, POSTGRES, replica } from "./two-replicas.ts";

/** The store as a process has it that serves nobody and delivers nothing. */
function storeOn(t: TestContext, url: string) {
  const dialect = postgres(url);
  const db = new Kysely<Tables>({ dialect: dialect.kysely });
  const close = () => db.destroy();
  t.after(close);
  const entries = createLogEntryStore({
    database: { db, relaxedDb: db, dialect, close },
    vault: createVault(["a key of a test"]),
  });
  return { db, dialect, entries };
}

suite("wake-ups between processes", { concurrency: 4, skip: POSTGRES.skip }, () => {
  test("an entry that one process makes due is delivered by another", async (t) => {
    const setting = await freshSetting(t);
    const running = await replica(t, setting);
    const phone = phoneOf(running, await logIn(running));
    await setFaults(running, { match: "POST /api/activities", kind: "500", times: 1_000 });
    assertOnItsWay(await phone.post("s1"));
    const { db, entries } = storeOn(t, setting.databaseUrl);
    const inAnHour = Date.now() + 3_600_000;
    await until(async () => {
      const waiting = await db
        .updateTable("log_entries")
        .set({ next_attempt_at: inAnHour, last_error_code: "crm-session-ended" })
        .where("state", "<>", "sending")
        .returning("user_id")
        .executeTakeFirst();
      return waiting && true;
    });
    await setFaults(running);
    const { user_id: userId } = await db.selectFrom("log_entries").select("user_id").executeTakeFirstOrThrow();
    await entries.wake(userId, ["crm-session-ended", "not-connected"]);
    await phone.written("s1");
    assert.equal((await activitiesIn(running)).length, 1);
  });

  test("a wake-up reaches every listener, also after the database has ended their connections", async (t) => {
    const { databaseUrl } = await freshSetting(t);
    const [waker, one, other] = [databaseUrl, databaseUrl, databaseUrl].map((url) => storeOn(t, url));
    assert.ok(waker && one && other);
    const woken = { one: 0, other: 0 };
    const changed: (string | undefined)[] = [];
    const stopping = await Promise.all([
      one.dialect.onWake(() => (woken.one += 1)),
      other.dialect.onWake(() => (woken.other += 1)),
    ]);
    const watch = await one.dialect.watchUsers((userId) => changed.push(userId));
    t.after(() => Promise.all([...stopping, watch.stop].map((stop) => stop())));
    const bothWoken = async () => {
      await waker.dialect.wakeWorkers(waker.db);
      return woken.one > 0 && woken.other > 0 ? true : undefined;
    };
    await until(bothWoken);
    const userHeard = async () => {
      await waker.dialect.tellUserChanged(waker.db, "ann");
      return changed.includes("ann") ? true : undefined;
    };
    await until(userHeard);
    assert.equal(watch.isWatching(), true);

    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const { rowCount } = await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()",
    );
    assert.equal(rowCount, 2, "each process listens to everything over one connection");
    await client.end();
    await until(async () => (changed.includes(undefined) ? true : undefined));
    changed.length = 0;
    Object.assign(woken, { one: 0, other: 0 });
    await until(bothWoken);
    await until(userHeard);
    assert.equal(watch.isWatching(), true);
  });
});
