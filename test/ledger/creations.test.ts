/** However a creation fails, and however often it is posted: one record, and none lost. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { requestsSeenByTheCrm } from "../contract/oauth-login.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import {
  activitiesIn,
  type Fault,
  logIn,
  type Running,
  type RunOptions,
  runTrunkline,
  setFaults,
} from "../support/trunkline.ts";
import { assertOnItsWay, type Phone, phoneOf } from "./call.ts";

async function ready(
  t: TestContext,
  database: TestDatabase,
  more: RunOptions = {},
): Promise<{ running: Running; phone: Phone; options: RunOptions }> {
  const options = { ...more, environment: await database.environment(t) };
  const running = await runTrunkline(t, options);
  return { running, options, phone: phoneOf(running, await logIn(running)) };
}

// Each test has a server of its own, and most of them wait for a retry: they run side by side.
for (const database of await testDatabases()) {
  await suite(`creations on ${database.name}`, { concurrency: 5, skip: database.skip }, () => {
    test("ten parallel postings of one session make one record, and all are answered with its id", async (t) => {
      const { running, phone } = await ready(t, database);
      const answers = await Promise.all(Array.from({ length: 10 }, () => phone.post("s1")));
      const [activity, ...others] = await activitiesIn(running);
      assert.deepEqual(others, []);
      for (const answer of answers) {
        assert.equal(answer.json["successful"], true);
        assert.equal(answer.json["logId"], activity?.["id"]);
      }
    });

    test("ten parallel postings while the CRM fails make one record once it is back", async (t) => {
      const { running, phone } = await ready(t, database);
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 3 });
      await Promise.all(Array.from({ length: 10 }, () => phone.post("s1")));
      await phone.written("s1");
      assert.equal((await activitiesIn(running)).length, 1);
    });

    const failures: [name: string, fault: Fault][] = [
      ["an error of its own", { match: "POST /api/activities", kind: "500" }],
      ["a cut connection", { match: "POST /api/activities", kind: "cut" }],
      ["something that is not JSON", { match: "POST /api/activities", kind: "malformed" }],
      [
        "a request to slow down, in seconds",
        { match: "POST /api/activities", kind: "429", ms: 1000, dialect: "seconds" },
      ],
      [
        "a request to slow down, until a point in time",
        { match: "POST /api/activities", kind: "429", ms: 1000, dialect: "epoch" },
      ],
    ];
    for (const [name, fault] of failures) {
      test(`a creation that the CRM answers with ${name} is accepted, said to be on its way, and written once`, async (t) => {
        const { running, phone } = await ready(t, database);
        await setFaults(running, fault);
        const answer = await phone.post("s1");
        assertOnItsWay(answer);
        assert.match(String(answer.json["logId"]), /^pending-/);
        const logId = await phone.written("s1");
        const activities = await activitiesIn(running);
        assert.deepEqual(
          activities.map(({ id }) => id),
          [logId],
        );
      });
    }

    test("a creation that was done but never answered is found by its marker, and not done again", async (t) => {
      const { running, phone } = await ready(t, database);
      await setFaults(running, { match: "POST /api/activities", kind: "timeout-after-write" });
      const postings = await Promise.all([phone.post("s1"), phone.post("s1")]);
      const found = await phone.written("s1");
      const activities = await activitiesIn(running);
      assert.deepEqual(
        activities.map(({ id }) => id),
        [found],
      );
      assert.equal((await requestsSeenByTheCrm(running))["POST /api/activities"], 1);
      for (const { json } of postings) {
        assert.equal(json["successful"], true);
        // The CRM's time runs out shortly before the person's: where looking takes longer than is left, it is on its way.
        assert.ok(json["logId"] === found || String(json["logId"]).startsWith("pending-"), String(json["logId"]));
      }
    });

    test("a creation whose answer and whose look-up are both lost is found when the session is posted again", async (t) => {
      const { running, phone } = await ready(t, database);
      await setFaults(
        running,
        { match: "POST /api/activities", kind: "timeout-after-write" },
        { match: "GET /api/activities", kind: "500", times: 1 },
      );
      const first = await phone.post("s1");
      assertOnItsWay(first);
      const second = await phone.post("s1");
      const activities = await activitiesIn(running);
      assert.equal(activities.length, 1);
      assert.equal(second.json["logId"], activities[0]?.["id"]);
    });

    test("what is pending is matched, shows its own parts as details, and takes an update", async (t) => {
      const { running, phone } = await ready(t, database);
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 1000 });
      const posted = await phone.post("s1");
      const updated = await phone.patch("s1", { subject: "Plans", note: "second note" });
      assertOnItsWay(updated);
      const token = await logIn(running);
      const { logs } = (await running.send("GET", `/callLog?jwtToken=${token}&sessionIds=s1&requireDetails=true`)).json;
      assert.ok(Array.isArray(logs));
      assert.equal(logs[0].matched, true);
      assert.equal(logs[0].logId, posted.json["logId"]);
      assert.equal(logs[0].logData.note, "second note");
      assert.equal(logs[0].logData.subject, "Plans");
      await setFaults(running);
      await phone.written("s1");
      const [activity, ...others] = await activitiesIn(running);
      assert.deepEqual(others, []);
      assert.match(String(activity?.["body"]), /second note/);
      assert.equal(activity?.["subject"], "Plans");
    });

    test("a creation that the CRM refuses is answered with its reason, is not matched, and can be posted again", async (t) => {
      const { running, phone } = await ready(t, database);
      const refused = await phone.post("s1", { contactId: "no-such-contact" });
      assert.equal(refused.json["successful"], false);
      assert.match(refused.text, /did not accept/);
      const token = await logIn(running);
      const { logs } = (await running.send("GET", `/callLog?jwtToken=${token}&sessionIds=s1`)).json;
      assert.deepEqual(logs, [{ sessionId: "s1", matched: false }]);
      const accepted = await phone.post("s1");
      assert.equal(accepted.json["successful"], true);
      assert.equal((await activitiesIn(running)).length, 1);
    });

    test("a note that only a later posting carries is added, one that differs is kept beside the first", async (t) => {
      const { running, phone } = await ready(t, database);
      await phone.post("s1", { note: "" });
      await phone.post("s1", { note: "typed in the other tab" });
      await phone.post("s1", { note: "typed in a third" });
      const [activity, ...others] = await activitiesIn(running);
      assert.deepEqual(others, []);
      assert.match(String(activity?.["body"]), /- Note: typed in the other tab\ntyped in a third\n/);
    });

    test("what was accepted before a restart is written after it", async (t) => {
      const { running, phone, options } = await ready(t, database, { keepsDemoCrm: true });
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 1000 });
      assertOnItsWay(await phone.post("s1"));
      await running.close();
      const again = await runTrunkline(t, { ...options, folder: running.folder });
      await phoneOf(again, await logIn(again)).written("s1");
      assert.equal((await activitiesIn(again)).length, 1);
    });

    test("what is pending when its user logs out waits, and is written when they log in again", async (t) => {
      const { running, phone } = await ready(t, database);
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 1000 });
      assertOnItsWay(await phone.post("s1"));
      const token = await logIn(running);
      await running.send("POST", `/unAuthorize?jwtToken=${token}`);
      await setFaults(running);
      const back = phoneOf(running, await logIn(running));
      await back.written("s1");
      assert.equal((await activitiesIn(running)).length, 1);
    });
  });
}
