/** `/healthz` says that the process lives, `/readyz` whether requests may be sent to it. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { suite, test } from "node:test";
import { Client } from "pg";
import { doorTo } from "../replicas/door.ts";
import { freshSetting, POSTGRES, replica } from "../replicas/two-replicas.ts";
import { testDatabases } from "../support/databases.ts";
import { logIn, type Running, runTrunkline, until } from "../support/trunkline.ts";
import { scrape } from "./exposition.ts";

for (const { name, skip, environment } of await testDatabases()) {
  test(
    `tables that are too old make a server unready, those of a newer Trunkline do not, on ${name}`,
    { skip },
    async (t) => {
      const surroundings = await environment(t);
      const running = await runTrunkline(t, { environment: surroundings });
      const run = (statement: string) => onDatabase(running, surroundings["DATABASE_URL"], statement);
      await becomes(running, 200, /^Ready$/);

      await run("insert into migrations (name, run_at) values ('9999-of-the-future', 0)");
      await run("update migrations set name = '0000-unheard-of' where name like '0003-%'");
      await becomes(running, 503, /^The tables of the database are older than this Trunkline\. .*trunkline migrate\.$/);
      await run("update migrations set name = '0003-trail-and-traffic' where name = '0000-unheard-of'");
      await becomes(running, 200, /^Ready$/);
    },
  );
}

suite("while PostgreSQL is away", { skip: POSTGRES.skip, concurrency: 2 }, () => {
  test("a server is alive and not ready, and its figures leave out what only the database knows", async (t) => {
    const setting = await freshSetting(t);
    const database = await doorTo(t, setting.databaseUrl);
    const environment = { ...setting.environment, DATABASE_URL: database.url };
    const running = await replica(t, { ...setting, environment });
    await logIn(running);
    await database.leave();

    await becomes(running, 503, /^Trunkline cannot reach its database at the moment\.$/);
    assert.equal((await running.send("GET", "/healthz")).text, "OK");
    const away = await scrape(running);
    assert.equal(away.value("trunkline_database_up"), 0);
    for (const metric of [
      "trunkline_ledger_entries",
      "trunkline_ledger_oldest_age_seconds",
      "trunkline_connected_users",
    ])
      assert.equal(away.value(metric), undefined);
    assert.equal(away.value("trunkline_http_requests_total", { route: "/apiKeyLogin" }), 1);

    await database.comeBack();
    await becomes(running, 200, /^Ready$/);
    const back = await until(async () => {
      const figures = await scrape(running);
      return figures.value("trunkline_database_up") === 1 ? figures : undefined;
    });
    assert.equal(back.value("trunkline_connected_users"), 1);
  });

  test("a database that hangs holds up neither the probe nor the scrape, and is asked once", async (t) => {
    const setting = await freshSetting(t);
    const running = await replica(t, setting);
    const holder = new Client({ connectionString: setting.databaseUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query("lock table migrations, users in access exclusive mode");

    const asked = Array.from({ length: 20 }, async () => running.send("GET", "/readyz"));
    const [answers, figures] = await Promise.all([Promise.all(asked), scrape(running)]);
    const waiting = await holder.query(
      "select query from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query like '%migrations%'",
    );
    await holder.query("rollback");
    await holder.end();
    for (const { status } of answers) assert.equal(status, 503);
    assert.equal(waiting.rows.length, 1);
    assert.equal(figures.value("trunkline_database_up"), 0);
    await becomes(running, 200, /^Ready$/);
  });
});

test("a server that was asked to stop says so to balancers while it still answers everybody", async (t) => {
  const running = await runTrunkline(t, { environment: { TRUNKLINE_DRAIN_SECONDS: "1" } });
  await becomes(running, 200, /^Ready$/);
  const closed = running.close();
  await becomes(running, 503, /^Trunkline is stopping; another server answers\.$/);
  assert.equal((await running.send("GET", "/healthz")).status, 200);
  await logIn(running);
  await closed;
  await assert.rejects(running.send("GET", "/readyz"));
});

async function becomes(running: Running, status: number, sentence: RegExp): Promise<void> {
  const answer = await until(async () => {
    const ready = await running.send("GET", "/readyz");
    return ready.status === status ? ready : undefined;
  });
  assert.match(answer.text, sentence);
  if (status === 503) assert.match(answer.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
}

async function onDatabase(running: Running, url: string | undefined, statement: string): Promise<void> {
  if (url === undefined) {
    const database = new DatabaseSync(join(running.folder, "trunkline.db"));
    database.exec(`PRAGMA busy_timeout = 5000; ${statement}`);
    database.close();
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
