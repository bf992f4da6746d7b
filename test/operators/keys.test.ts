/** Keys of the database: they rotate while a server serves, and with a wrong one nothing is touched. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { callBody, phoneOf } from "../ledger/call.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { activitiesIn, logIn, runTrunkline } from "../support/trunkline.ts";
import { until, workplace } from "../support/processes.ts";
import { deployed } from "./deployment.ts";
import { rawDatabase, rowsOf, wholeDatabase } from "./whole-database.ts";

const KEYS = "TRUNKLINE_ENCRYPTION_KEYS";
/** More than one batch. */
const CALLS = 130;
/** What the idle connection of the rotation did last: it counts when a pass is over. */
const LAST_STATEMENT =
  "select query from pg_stat_activity where datname = current_database() and query like 'select substr%cached_notes%'";

for (const database of await testDatabases()) {
  await suite(`encryption keys on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("everything is sealed anew while a server reads and writes, and then the older key may go", async (t) => {
      const before = await deployed(t, database, { environment: { [KEYS]: "the old key" }, keepsDemoCrm: true });
      await before.running.send("GET", `/contact?phoneNumber=+16505551212&jwtToken=${before.token}`);
      const note = { sessionId: "s-noted", note: "handed over" };
      await before.running.send("POST", `/callLog/cacheNote?jwtToken=${before.token}`, note);
      await before.running.send("POST", `/admin/serverLoggingSettings?jwtToken=${before.token}`, {
        additionalFieldValues: {},
      });
      await Promise.all(numbers(CALLS).map((at) => before.phone.post(`s${at}`)));
      await before.running.close();

      const both = { ...before.environment, [KEYS]: "the new key,the old key" };
      const running = await runTrunkline(t, { folder: before.running.folder, environment: both, keepsDemoCrm: true });
      const { trunkline } = workplace(t);
      const cli = (...words: string[]) => trunkline(words, { environment: both }).exit;
      const status =
        /^KEY +CREDENTIALS +LOGS +CONTACTS +TRAIL +NOTES +SETTINGS +PLUGINS +ROLE\n(\w{8}) +0 +0 +0 +0 +0 +0 +0 +the first key: .*\n(\w{8}) +1 +260 +1 +1 +1 +1 +0 +an older key: opens\n$/;
      const [, first = "", older = ""] = status.exec((await cli("keys", "status")).stdout) ?? [];
      assert.notEqual(first, "");

      const phone = phoneOf(running, await logIn(running));
      const rotating = cli("keys", "rotate");
      for (const at of numbers(20)) {
        await phone.post(`t${at}`);
        await phone.patch(`s${at}`, { note: "changed meanwhile" });
      }
      const { code, stdout, stderr } = await rotating;
      assert.equal(code, 0, stdout + stderr);
      assert.equal(stderr, "", "no progress bar where nobody watches");
      assert.match(stdout, new RegExp(`^Sealed \\d{3} values with ${first}\\.\n0 values need an older key: .*\n$`));
      const after = (await cli("keys", "status")).stdout;
      assert.match(after, new RegExp(`^${first} +1 +300 +1 +1 +[01] +1 +0 +the first`, "m"));
      assert.match(after, new RegExp(`^${older} +0 +0 +0 +0 +0 +0 +0 +an older`, "m"));
      assert.match((await cli("keys", "rotate")).stdout, /^Sealed 0 values /);
      await running.close();

      const only = { ...before.environment, [KEYS]: "the new key" };
      const again = await runTrunkline(t, { folder: before.running.folder, environment: only, keepsDemoCrm: true });
      const phoneAgain = phoneOf(again, before.token);
      const changed = await phoneAgain.patch("s100", { duration: 61 });
      assert.equal(changed.json["successful"], true, changed.text);
      assert.equal((await activitiesIn(again)).length, CALLS + 20);
      const { exit } = trunkline(["start"], { environment: { ...before.environment, PORT: "0", DEMO_CRM: "off" } });
      assert.match((await exit).stderr, /not among TRUNKLINE_ENCRYPTION_KEYS/);
    });

    test("a value whose key is gone is counted and left alone, and the rotation fails", async (t) => {
      const { environment, phone, running } = await deployed(t, database, { environment: { [KEYS]: "the old key" } });
      await phone.post("s1");
      await running.close();
      await rowsOf(databaseOf(environment), "update users set credentials = 'v1.00000000.AAAA'");
      const { trunkline } = workplace(t);
      const both = { ...environment, [KEYS]: "the new key,the old key" };
      const { code, stdout } = await trunkline(["keys", "rotate"], { environment: both }).exit;
      assert.equal(code, 1);
      assert.match(stdout, /^1 value cannot be opened: the key 00000000 is not among TRUNKLINE_ENCRYPTION_KEYS\./m);
      const status = await trunkline(["keys", "status"], { environment: both }).exit;
      assert.match(status.stdout, /^00000000 +1 +0 +0 +0 +0 +0 +0 +not configured: nobody can open these$/m);
    });

    // On SQLite a held row is a held database, and everybody waits.
    if (database.name === "PostgreSQL") {
      test("what somebody holds is sealed anew as soon as they let go of it", async (t) => {
        const { environment, running } = await deployed(t, database, { environment: { [KEYS]: "the old key" } });
        await running.close();
        const { trunkline } = workplace(t);
        const holder = await rawDatabase(databaseOf(environment));
        await holder.rows("begin");
        await holder.rows("select * from users for update");
        const both = { ...environment, [KEYS]: "the new key,the old key" };
        const rotating = trunkline(["keys", "rotate"], { environment: both });
        await until(
          "have been at the held row",
          async () => (await rowsOf(databaseOf(environment), LAST_STATEMENT))[0],
        );
        await holder.close();
        const { code, stdout } = await rotating.exit;
        assert.equal(code, 0, stdout);
        assert.match(stdout, /^Sealed 1 value with /);
      });
    }

    for (const words of [["start"], ["worker"], ["keys", "rotate"]]) {
      test(`with a wrong key, "trunkline ${words.join(" ")}" says so and changes nothing`, async (t) => {
        const { refusal, unchanged } = await withWrongKey(t, database, words, { [KEYS]: "the wrong key" });
        assert.match(
          refusal,
          /^The database of DATABASE_URL was .* TRUNKLINE_ENCRYPTION_KEYS; [^\n]*Nothing was changed\.\n$/,
        );
        await unchanged();
      });
    }

    test("with another secret than the one from which the key derives, that secret is named", async (t) => {
      const secret = { APP_SERVER_SECRET_KEY: "another secret of tests, long enough for HS256" };
      const { refusal, unchanged } = await withWrongKey(t, database, ["start"], secret);
      assert.match(refusal, /^The database of DATABASE_URL was .* derives from APP_SERVER_SECRET_KEY; .*\n$/);
      await unchanged();
    });
  });
}

/** A database that a server has written, opened by a process that was given something else. */
async function withWrongKey(t: TestContext, database: TestDatabase, words: string[], wrong: Record<string, string>) {
  const right = wrong[KEYS] === undefined ? {} : { [KEYS]: "the right key" };
  const { environment, running, token } = await deployed(t, database, { environment: right });
  await running.send("POST", `/callLog?jwtToken=${token}`, callBody("s1"));
  await running.close();
  // A migration that is owed would fail here: the key is looked at first.
  await rowsOf(databaseOf(environment), "delete from migrations where name = '0001-first-tables'");
  const before = await wholeDatabase(databaseOf(environment));
  const { trunkline } = workplace(t);
  const process = trunkline(words, { environment: { ...environment, PORT: "0", DEMO_CRM: "off", ...wrong } });
  const { code, stdout, stderr } = await process.exit;
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" }, stderr);
  const unchanged = async () => assert.deepEqual(await wholeDatabase(databaseOf(environment)), before);
  return { refusal: stderr, unchanged };
}

function databaseOf(environment: Record<string, string>): string {
  return environment["DATABASE_URL"] ?? "";
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}
