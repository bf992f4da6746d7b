/** Logging calls and finding them again: one record for each, every fact in its place. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { activitiesIn, askCrm, setFaults } from "../support/trunkline.ts";
import { LUKES_NUMBER, newCall, recordOf, STARTED_AT } from "./calls.ts";
import { connectedExtension, noticeOf, objectOf, textOf } from "./extension.ts";

test("logging a call", async (t) => {
  const ann = await connectedExtension(t);

  await t.test(
    "writes what the client knows, with App Connect's labels and words, the contact's number among them",
    async () => {
      const posted = newCall("full", {
        note: "Wants a new X-wing.",
        logInfo: { customSubject: "Ships", duration: 3_723 },
      });
      const { json } = await ann.logCall(posted);
      const { body, ...record } = await recordOf(ann, json["logId"]);
      assert.equal(
        body,
        [
          "- Note: Wants a new X-wing.",
          "- Summary: Ships",
          `- Contact Number: ${LUKES_NUMBER}`,
          "- Date/Time: 2026-09-21 07:13:20 AM",
          "- Duration: 1 hour, 2 minutes, 3 seconds",
          "- Result: Call connected",
          "",
        ].join("\n"),
      );
      assert.deepEqual(
        [record["contactId"], record["subject"], record["durationSeconds"], record["startedAt"]],
        ["1", "Ships", 3_723, new Date(STARTED_AT).toISOString()],
      );
    },
  );

  await t.test("takes its contact's number from the far side, and its subject from the direction", async () => {
    const logInfo = { direction: "Outbound", from: { phoneNumber: "+16505550100" }, to: { phoneNumber: LUKES_NUMBER } };
    const { json } = await ann.logCall(newCall("outbound", { logInfo }));
    const record = await recordOf(ann, json["logId"]);
    assert.match(record.body, /- Contact Number: \+16505551212\n/);
    assert.match(textOf(record["subject"]), /^Outbound call to Luke Skywalker$/);
  });

  await t.test("again succeeds with the id that it has, and leaves one record; ten times at once too", async () => {
    const before = (await activitiesIn(ann.running)).length;
    const first = await ann.logCall(newCall("again"));
    const later = [await ann.logCall(newCall("again")), await ann.logCall(newCall("again", { contactId: "2" }))];
    const atOnce = await Promise.all(Array.from({ length: 10 }, () => ann.logCall(newCall("at once"))));
    for (const answers of [[first, ...later], atOnce]) {
      for (const { json } of answers)
        assert.deepEqual([json["successful"], json["logId"]], [true, answers[0]?.json["logId"]]);
    }
    assert.equal((await activitiesIn(ann.running)).length, before + 2);
  });

  await t.test("against nobody, or against the placeholder, is a warning in a 200 and reaches nothing", async () => {
    const before = (await activitiesIn(ann.running)).length;
    ann.running.crmRequests.length = 0;
    for (const contactId of ["createNewContact", "", undefined, null, false]) {
      const answer = await ann.logCall(newCall("nobody", { contactId }));
      assert.deepEqual([answer.status, answer.json["successful"]], [200, false], String(contactId));
      assert.equal(noticeOf(answer).messageType, "warning");
    }
    assert.match(noticeOf(await ann.logCall(newCall("nobody", { contactId: "" }))).message, /\+16505551212/);
    assert.deepEqual(ann.running.crmRequests, []);
    assert.equal((await activitiesIn(ann.running)).length, before);
    assert.deepEqual(await ann.loadCalls(["nobody"]), [{ sessionId: "nobody", matched: false }]);
  });

  await t.test("with the ids of other CRMs and clients: numbers, ISO times, null for what is unknown", async () => {
    const logInfo = {
      sessionId: 40_817,
      startTime: new Date(STARTED_AT).toISOString(),
      duration: "62",
      recording: null,
      legs: null,
    };
    const { json } = await ann.logCall(
      newCall("", { logInfo, contactId: 1, aiNote: null, transcript: null, futureMember: {} }),
    );
    assert.equal(json["successful"], true);
    assert.match((await recordOf(ann, json["logId"])).body, /- Duration: 1 minute, 2 seconds\n/);
    assert.equal((await ann.loadCalls(["40817"]))[0]?.["logId"], json["logId"]);
  });

  await t.test("with a deal that was chosen links it, and reads it back as a disposition", async () => {
    const { json } = await ann.logCall(newCall("deal", { additionalSubmission: { deals: "2", unknownField: true } }));
    const [loaded] = await ann.loadCalls(["deal"], true);
    assert.deepEqual(objectOf(objectOf(loaded?.["logData"])["dispositions"]), { deals: "2" });
    const change = { sessionId: "deal", dispositions: { deals: "1", note: "" }, additionalSubmission: { deals: "1" } };
    const answer = await ann.ask("PUT /callDisposition", "", change);
    assert.equal(noticeOf(answer).messageType, "success");
    assert.equal((await askCrm(ann.running, "GET", `/api/activities/${textOf(json["logId"])}`))["dealId"], "1");
  });

  await t.test("by a service finds the note that a browser handed over", async () => {
    await ann.ask("POST /callLog/cacheNote", "", { sessionId: "handed over", note: "Typed while talking." });
    const answer = await ann.ask("POST /callLog", "", newCall("handed over"), { "user-agent": "SSCL/2.1" });
    assert.match((await recordOf(ann, answer.json["logId"])).body, /^- Note: Typed while talking\.\n/);
  });

  await t.test("shows or hides parts as the user's settings say", async () => {
    const userSettings = {
      addCallLogContactNumber: { value: false },
      addCallSessionId: { value: true },
      logDateFormat: { value: "DD.MM.YYYY" },
    };
    await ann.ask("POST /user/settings", "", { userSettings });
    const { json } = await ann.logCall(newCall("settings"));
    const { body } = await recordOf(ann, json["logId"]);
    assert.match(body, /- Session Id: settings\n/);
    assert.match(body, /- Date\/Time: 21\.09\.2026\n/);
    assert.doesNotMatch(body, /Contact Number/);
  });
});

test("loading calls", async (t) => {
  const ann = await connectedExtension(t);
  const ids = Array.from({ length: 180 }, (_, index) => `s-${index}/${(index * 7919) % 180}`);
  const logged = ids.filter((_, index) => index % 30 === 0);
  for (const sessionId of logged) await ann.logCall(newCall(sessionId));

  await t.test(
    "answers every id as it was sent, in order, repeated ones too, with the contact, without asking the CRM",
    async () => {
      ann.running.crmRequests.length = 0;
      const asked = [...ids, ids[0] ?? "", "0"];
      const calls = await ann.loadCalls(asked);
      assert.deepEqual(
        calls.map(({ sessionId }) => sessionId),
        asked,
      );
      for (const { sessionId, matched, logId, contact, logData } of calls) {
        assert.equal(matched, logged.includes(textOf(sessionId)));
        assert.equal(logData, undefined);
        if (matched) assert.deepEqual([typeof logId, contact], ["string", { id: "1" }]);
      }
      assert.deepEqual(ann.running.crmRequests, []);
    },
  );

  await t.test("with details reads what stands in the CRM now", async () => {
    const sessionId = logged[0] ?? "";
    await ann.updateCall({ sessionId, subject: "About ships", note: "First line\nSecond line" });
    const [call] = await ann.loadCalls([sessionId], true);
    const { subject, note, fullBody, contactName, dispositions } = objectOf(call?.["logData"]);
    assert.deepEqual(
      [subject, note, contactName, dispositions],
      ["About ships", "First line\nSecond line", "Luke Skywalker", {}],
    );
    assert.match(textOf(fullBody), /- Result: Call connected/);
  });

  await t.test("whose details the CRM does not give are still found, and the reason is said", async () => {
    await setFaults(ann.running, { match: "GET /api/activities", kind: "500", times: 10 });
    const answer = await ann.ask("GET /callLog", `sessionIds=${logged[0] ?? ""},other&requireDetails=true`);
    await setFaults(ann.running);
    assert.match(noticeOf(answer).message, /Demo CRM/);
    assert.match(answer.text, /"matched":true/);
    assert.match(answer.text, /"sessionId":"other","matched":false/);
  });
});
