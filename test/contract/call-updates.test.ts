/** A call after it was logged: pending facts are completed, edits replace, and nothing of a person's is lost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { askCrm, setFaults, until } from "../support/trunkline.ts";
import { laterFacts, LUKE, newCall, recordOf, STARTED_AT } from "./calls.ts";
import { connectedExtension, noticeOf, textOf } from "./extension.ts";

test("updating a call", async (t) => {
  const ann = await connectedExtension(t);
  async function logged(sessionId: string, more: Parameters<typeof newCall>[1] = {}) {
    const { json } = await ann.logCall(newCall(sessionId, more));
    return { logId: json["logId"], before: await recordOf(ann, json["logId"]) };
  }

  await t.test("with a note alone keeps the date, the duration and every other line", async () => {
    const { logId, before } = await logged("note only", { note: "Old" });
    const { json } = await ann.updateCall({ sessionId: "note only", note: "New" });
    assert.deepEqual([json["successful"], json["logId"], json["updatedNote"]], [true, logId, "New"]);
    const after = await recordOf(ann, logId);
    assert.equal(after.body, before.body.replace("- Note: Old", "- Note: New"));
    assert.deepEqual({ ...after, body: "", updatedAt: "" }, { ...before, body: "", updatedAt: "" });
  });

  await t.test(
    "with an empty note clears it when a subject comes along, and changes nothing when none does",
    async () => {
      const { logId, before } = await logged("empty note", { note: "Keep me" });
      await ann.updateCall(laterFacts("empty note"));
      assert.equal((await recordOf(ann, logId)).body, before.body);
      const { json } = await ann.updateCall({ sessionId: "empty note", subject: "Same", note: "" });
      assert.equal(json["updatedNote"], "");
      assert.doesNotMatch((await recordOf(ann, logId)).body, /Keep me|- Note:/);
    },
  );

  await t.test(
    "completes time, duration, result and recording that were pending, and a later pending takes nothing back",
    async () => {
      const { logId, before } = await logged("pending", {
        logInfo: { startTime: undefined, duration: "pending", result: undefined, recording: { link: "(pending...)" } },
      });
      assert.match(before.body, /- Duration: \(pending\.\.\.\)\n- Call recording link: \(pending\.\.\.\)\n/);
      const recordingLink = "https://recordings.example/r/1";
      await ann.updateCall(laterFacts("pending", { recordingLink, duration: "62" }));
      const complete = await recordOf(ann, logId);
      assert.match(
        complete.body,
        /- Date\/Time: 2026-09-21 07:13:20 AM\n- Duration: 1 minute, 2 seconds\n- Result: Call connected\n- Call recording link: https:\/\/recordings\.example\/r\/1\n/,
      );
      assert.deepEqual([complete["durationSeconds"], complete["startedAt"]], [62, new Date(STARTED_AT).toISOString()]);
      await ann.updateCall({ sessionId: "pending", duration: "pending", recordingLink: "(pending...)" });
      assert.equal((await recordOf(ann, logId)).body, complete.body);
    },
  );

  await t.test("keeps every word that a person added in the CRM", async () => {
    const { logId, before } = await logged("edited", { note: "Ours" });
    const edited = `Called back twice.\n${before.body.replace("Ours", "Ours, and theirs")}See the contract.\n`;
    await askCrm(ann.running, "PATCH", `/api/activities/${textOf(logId)}`, { body: edited });
    await ann.updateCall(laterFacts("edited", { duration: 90, aiNote: "A summary", transcript: "Hello\nThere" }));
    const { body } = await recordOf(ann, logId);
    for (const words of [
      "Called back twice.",
      "Ours, and theirs",
      "See the contract.",
      "A summary",
      "1 minute, 30 seconds",
    ]) {
      assert.equal(body.split(words).length, 2, `${words} in ${body}`);
    }
    assert.doesNotMatch(body, /1 minute, 2 seconds/);
  });

  await t.test("whose read fails changes nothing in the CRM, says so, and is not lost", async () => {
    const { logId, before } = await logged("unread", { note: "Precious" });
    await setFaults(ann.running, { match: "GET /api/activities", kind: "500", times: 1_000 });
    const answer = await ann.updateCall({ sessionId: "unread", note: "Newer", result: "Voicemail" });
    assert.equal(noticeOf(answer).messageType, "warning");
    await setFaults(ann.running);
    assert.equal((await recordOf(ann, logId)).body, before.body);
    const { body } = await until(async () => {
      const now = await recordOf(ann, logId);
      return now.body === before.body ? undefined : now;
    });
    assert.equal(body, before.body.replace("Precious", "Newer").replace("Call connected", "Voicemail"));
  });

  await t.test("of a session that was never logged says so, and logs nothing", async () => {
    ann.running.crmRequests.length = 0;
    for (const route of ["PATCH /callLog", "PUT /callDisposition"]) {
      const answer = await ann.ask(route, "", { sessionId: "unheard of", note: "?", dispositions: { deals: "1" } });
      assert.equal(answer.json["successful"], false);
      noticeOf(answer);
    }
    assert.deepEqual(ann.running.crmRequests, []);
  });

  await t.test("takes from the query what the body lacks, as the original document has it", async () => {
    const { logId } = await logged("by query", { note: "Old" });
    await ann.ask("PATCH /callLog", "sessionId=by query&note=From the query");
    assert.match((await recordOf(ann, logId)).body, /- Note: From the query\n/);
    await ann.ask("PATCH /callLog", "sessionId=another&note=not this", {
      sessionId: "by query",
      note: "From the body",
    });
    assert.match((await recordOf(ann, logId)).body, /- Note: From the body\n/);
  });

  await t.test("that repeats what is written already costs the CRM nothing", async () => {
    await logged("repeated", { note: "Same" });
    const change = laterFacts("repeated", { note: "Same" });
    await ann.updateCall(change);
    ann.running.crmRequests.length = 0;
    assert.equal((await ann.updateCall(change)).json["successful"], true);
    assert.deepEqual(ann.running.crmRequests, []);
  });

  await t.test(
    "of a call with a contact whose record is gone from the CRM says so instead of making another",
    async () => {
      const { logId } = await logged("deleted");
      await askCrm(ann.running, "DELETE", `/api/activities/${textOf(logId)}`);
      const answer = await ann.updateCall({ sessionId: "deleted", note: "Too late" });
      assert.equal(answer.json["successful"], false);
      assert.match(noticeOf(answer).message, /no longer in Demo CRM/);
      const again = await ann.logCall(newCall("deleted", LUKE));
      assert.equal(again.status, 200);
    },
  );
});
