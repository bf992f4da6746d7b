/** With PostgreSQL away the server says so, recovers by itself, and has lost nothing. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { Client } from "pg";
import { assertOnItsWay, phoneOf } from "../ledger/call.ts";
import { activitiesIn, logIn, setFaults, until, type WireAnswer } from "../support/trunkline.ts";
import { doorTo, type LeavingDatabase } from "./door.ts";
import { ownPostgres, POSTGRES_PROGRAMS } from "./own-postgres.ts";
import { freshSetting, POSTGRES, replica } from "./two-replicas.ts";

type Way = [how: string, skip: string | false, leaving: (t: TestContext, url: string) => Promise<LeavingDatabase>];

const ways: Way[] = [
  ["is cut off", false, doorTo],
  [
    "is shut down",
    POSTGRES_PROGRAMS === undefined && "no programs of a PostgreSQL are installed here",
    (t) => ownPostgres(t, POSTGRES_PROGRAMS ?? ""),
  ],
];

suite("a database that goes away", { concurrency: 4, skip: POSTGRES.skip }, () => {
  for (const [how, skip, leaving] of ways) {
    test(`while it ${how} the answer is 503, and afterwards all that was accepted is written`, { skip }, async (t) => {
      const setting = await freshSetting(t);
      const database = await leaving(t, setting.databaseUrl);
      const environment = { ...setting.environment, DATABASE_URL: database.url };
      const running = await replica(t, { ...setting, environment });
      const phone = phoneOf(running, await logIn(running));
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 1_000 });
      assertOnItsWay(await phone.post("accepted before"));

      await database.leave();
      assertAway(await phone.post("refused"));
      assertAway(await phone.patch("accepted before", { note: "refused" }));
      assert.equal((await running.send("GET", "/isAlive")).status, 200);
      await setFaults(running);
      await database.comeBack();

      const back = await until(async () => {
        const answer = await phone.post("refused");
        return answer.status === 503 ? undefined : answer;
      });
      assert.equal(back.json["successful"], true, back.text);
      await phone.written("accepted before");
      await phone.written("refused");
      const bodies = (await activitiesIn(running)).map(({ body }) => String(body));
      assert.equal(bodies.length, 2);
      for (const body of bodies) assert.match(body, /- Note: first note\n/);
    });
  }

  test("connections that the database ends are replaced, and the next requests succeed", async (t) => {
    const setting = await freshSetting(t);
    const running = await replica(t, setting);
    const phone = phoneOf(running, await logIn(running));
    await Promise.all([1, 2, 3, 4, 5].map(async (number) => phone.post(`before ${number}`)));
    await onDatabase(
      setting.databaseUrl,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    const answer = await until(async () => {
      const posted = await phone.post("after");
      return posted.status === 503 ? undefined : posted;
    });
    assert.equal(answer.json["successful"], true, answer.text);
    assert.equal((await activitiesIn(running)).length, 6);
  });

  test("a statement that waits too long is ended and answered with 503, and the server goes on", async (t) => {
    const setting = await freshSetting(t);
    const running = await replica(t, setting);
    const phone = phoneOf(running, await logIn(running));
    const holder = new Client({ connectionString: setting.databaseUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query("lock table log_entries in access exclusive mode");
    assertAway(await phone.post("s1"));
    await holder.query("rollback");
    await holder.end();
    assert.equal((await phone.post("s1")).json["successful"], true);
    assert.equal((await activitiesIn(running)).length, 1);
  });
});

function assertAway(answer: WireAnswer): void {
  assert.equal(answer.status, 503, answer.text);
  assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/);
  assert.match(answer.text, /^Trunkline cannot reach its database at the moment\. .*try again\.$/);
}

async function onDatabase(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
