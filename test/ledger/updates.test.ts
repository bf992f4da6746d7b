/** Updates merge into what stands in the CRM: nothing a person wrote is lost, and a failed read changes nothing. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { activitiesIn, askCrm, logIn, type Running, runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { assertOnItsWay, type Phone, phoneOf } from "./call.ts";

async function logged(t: TestContext, database: TestDatabase): Promise<{ running: Running; phone: Phone; id: string }> {
  const running = await runTrunkline(t, { environment: await database.environment(t) });
  const phone = phoneOf(running, await logIn(running));
  const id = String((await phone.post("s1")).json["logId"]);
  return { running, phone, id };
}

async function bodyOf(running: Running, id: string): Promise<string> {
  return String((await askCrm(running, "GET", `/api/activities/${id}`))["body"]);
}

// Each test has a server of its own, and most of them wait for a retry: they run side by side.
for (const database of await testDatabases()) {
  await suite(`updates on ${database.name}`, { concurrency: 5, skip: database.skip }, () => {
    test("an update whose read fails changes nothing in the CRM, says so, and arrives with the next one", async (t) => {
      const { running, phone, id } = await logged(t, database);
      const before = await askCrm(running, "GET", `/api/activities/${id}`);
      await setFaults(running, { match: "GET /api/activities", kind: "500", times: 1 });
      const failed = await phone.patch("s1", { duration: 61 });
      assertOnItsWay(failed);
      assert.equal(failed.json["logId"], id);
      assert.deepEqual(await askCrm(running, "GET", `/api/activities/${id}`), before);
      const next = await phone.patch("s1", { recordingLink: "https://recordings.example/1" });
      assert.equal(next.json["successful"], true);
      const body = await bodyOf(running, id);
      assert.match(body, /- Note: first note\n/);
      assert.match(body, /- Duration: 1 minute, 1 second\n/);
      assert.match(body, /- Call recording link: https:\/\/recordings\.example\/1\n/);
    });

    test("an update whose read fails is written without anybody asking again", async (t) => {
      const { running, phone, id } = await logged(t, database);
      await setFaults(running, { match: "GET /api/activities", kind: "500", times: 1 });
      await phone.patch("s1", { note: "second note", subject: "Plans" });
      const body = await until(async () => {
        const text = await bodyOf(running, id).catch(() => "");
        return text.includes("second note") ? text : undefined;
      });
      assert.doesNotMatch(body, /first note/);
    });

    test("what a person wrote between two updates is still there after the third", async (t) => {
      const { running, phone, id } = await logged(t, database);
      await phone.patch("s1", { duration: 61 });
      const body = await bodyOf(running, id);
      const edited = `Called back twice.\n${body.replace("- Result: Call connected", "- Result: Call connected (but angry)")}\nSend the offer by Friday!\n`;
      await askCrm(running, "PATCH", `/api/activities/${id}`, { body: edited });
      await phone.patch("s1", { recordingLink: "https://recordings.example/1" });
      await phone.patch("s1", { aiNote: "They agreed." });
      await phone.patch("s1", { note: "second note" });
      const after = await bodyOf(running, id);
      for (const words of [
        "Called back twice.",
        "(but angry)",
        "Send the offer by Friday!",
        "second note",
        "They agreed.",
      ]) {
        assert.ok(after.includes(words), `${words} is missing in:\n${after}`);
      }
    });

    test("a record deleted in the CRM is not resurrected, and the person is told", async (t) => {
      const { running, phone, id } = await logged(t, database);
      await askCrm(running, "DELETE", `/api/activities/${id}`);
      const answer = await phone.patch("s1", { note: "second note" });
      assert.equal(answer.json["successful"], false);
      assert.match(answer.text, /no longer in Demo CRM/);
      await phone.post("s1");
      assert.deepEqual(await activitiesIn(running), []);
    });

    test("updates that come while the record is being created are written with it or after it, once", async (t) => {
      const running = await runTrunkline(t, { environment: await database.environment(t) });
      const phone = phoneOf(running, await logIn(running));
      await setFaults(running, { match: "POST /api/activities", kind: "delay", ms: 300 });
      const posting = phone.post("s1");
      await until(async () => (running.crmRequests.length > 1 || running.logs.length > 0 ? true : undefined));
      const patches = [1, 2, 3, 4, 5].map(async (seconds) => phone.patch("s1", { duration: seconds }));
      await Promise.all([posting, ...patches]);
      const [activity, ...others] = await activitiesIn(running);
      assert.deepEqual(others, []);
      assert.match(String(activity?.["body"]), /- Duration: \d seconds?\n/);
    });

    test("an update that changes nothing costs no request", async (t) => {
      const { running, phone } = await logged(t, database);
      await phone.patch("s1", { duration: 61 });
      running.crmRequests.length = 0;
      const again = await phone.patch("s1", { duration: 61 });
      assert.equal(again.json["successful"], true);
      assert.deepEqual(running.crmRequests, []);
    });

    test("an update costs one read and one write", async (t) => {
      const { running, phone, id } = await logged(t, database);
      running.crmRequests.length = 0;
      await phone.patch("s1", { duration: 61, note: "second note", recordingLink: "https://recordings.example/1" });
      assert.deepEqual(running.crmRequests, [`GET /api/activities/${id}`, `PATCH /api/activities/${id}`]);
    });

    test("an update whose answer is lost is made once more and damages nothing", async (t) => {
      const { running, phone, id } = await logged(t, database);
      await setFaults(running, { match: "PATCH /api/activities", kind: "cut" });
      assertOnItsWay(await phone.patch("s1", { note: "second note" }));
      const body = await until(async () => {
        const text = await bodyOf(running, id);
        return text.includes("second note") ? text : undefined;
      });
      assert.equal(body.match(/- Note:/g)?.length, 1);
    });

    test("a disposition that the record already has costs nothing, another one is a single request", async (t) => {
      const running = await runTrunkline(t, { environment: await database.environment(t) });
      const token = await logIn(running);
      const phone = phoneOf(running, token);
      const id = String((await phone.post("s1", { additionalSubmission: { deals: "1" } })).json["logId"]);
      running.crmRequests.length = 0;
      const choose = (deals: string) =>
        running.send("PUT", `/callDisposition?jwtToken=${token}`, {
          sessionId: "s1",
          dispositions: { deals, note: "first note" },
        });
      assert.equal((await choose("1")).json["successful"], true);
      assert.deepEqual(running.crmRequests, []);
      assert.equal((await choose("2")).json["successful"], true);
      assert.deepEqual(running.crmRequests, [`PATCH /api/activities/${id}`]);
      assert.equal((await askCrm(running, "GET", `/api/activities/${id}`))["dealId"], "2");
    });
  });
}
