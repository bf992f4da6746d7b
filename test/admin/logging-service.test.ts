/** An external service logs for many extensions with one login: each has its own record, its own note and its own owner. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { objectOf, objectsOf } from "../contract/extension.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, logIn } from "../support/trunkline.ts";
import { type Administration, administration } from "./administration.ts";

const ANN = "1";
const BEN = "2";
const SERVICE = { "user-agent": "SSCL/1.0" };

/** Extension 11 is Ann's, 12 is Ben's; what the service knows of them is their hashes. */
async function mapped(there: Administration) {
  const { ask, running, tokens } = there;
  const userMappings = [
    { crmUserId: ANN, rcExtensionId: "11" },
    { crmUserId: BEN, rcExtensionId: "12" },
  ];
  const saved = await ask("POST /admin/settings", {
    rc: tokens.administrator,
    body: { adminSettings: { userMappings } },
  });
  assert.equal(saved.status, 200, saved.text);
  const hashOf = async (id: string) => {
    const { json } = await running.send("GET", `/userInfoHash?extensionId=${id}&accountId=1`);
    return String(json["extensionId"]);
  };
  return { ann: await hashOf("11"), ben: await hashOf("12"), stranger: await hashOf("13") };
}

function call(sessionId: string, rcExtensionId: string, more: object = {}) {
  return {
    logInfo: { sessionId, direction: "Inbound", duration: 60 },
    contactId: "1",
    contactName: "Luke Skywalker",
    additionalSubmission: { isAssignedToUser: true, adminAssignedUserRcId: rcExtensionId },
    ...more,
  };
}

for (const database of await testDatabases()) {
  void suite(`a logging service on ${database.name}`, { skip: database.skip }, () => {
    test("a call that was passed on has a record for each extension, and each is found by its own", async (t) => {
      const there = await administration(t, database);
      const { ask, running } = there;
      const extensions = await mapped(there);
      const post = (id: string, hashedExtensionId: string) =>
        ask("POST /callLog", { body: call("passed on", id, { hashedExtensionId }), headers: SERVICE });
      const bens = await post("12", extensions.ben);
      const strangers = await post("13", extensions.stranger);
      const again = await post("12", extensions.ben);
      assert.equal(again.json["logId"], bens.json["logId"]);
      assert.notEqual(strangers.json["logId"], bens.json["logId"]);

      const patch = { sessionId: "passed on", duration: 300, hashedExtensionId: extensions.ben };
      const patched = await ask("PATCH /callLog", { body: patch, headers: SERVICE });
      assert.equal(patched.json["logId"], bens.json["logId"]);
      const disposed = { sessionId: "passed on", hashedExtensionId: extensions.ben, dispositions: { deals: "2" } };
      await ask("PUT /callDisposition", { body: disposed, headers: SERVICE });
      const activities = await activitiesIn(running);
      assert.deepEqual(
        activities.map(({ ownerId, durationSeconds, dealId }) => [ownerId, durationSeconds, dealId ?? undefined]),
        [
          [BEN, 300, "2"],
          [ANN, 60, undefined],
        ],
      );

      const found = async (hash: string, headers = SERVICE) => {
        const query = `sessionIds=passed on,never&hashedExtensionId=${hash}`;
        const { json } = await ask("GET /callLog", { query, headers });
        return objectsOf(json["logs"]).map((log) => [objectOf(log)["sessionId"], objectOf(log)["logId"]]);
      };
      assert.deepEqual(await found(extensions.ben), [
        ["passed on", bens.json["logId"]],
        ["never", undefined],
      ]);
      assert.deepEqual(await found(extensions.ann), [
        ["passed on", undefined],
        ["never", undefined],
      ]);
    });

    test("the user's own call is the record that their browser has, whoever is first", async (t) => {
      const there = await administration(t, database);
      const { ask, running } = there;
      const extensions = await mapped(there);
      const hashedExtensionId = extensions.ann;
      const browsers = await ask("POST /callLog", { body: { ...call("mine", "11"), additionalSubmission: {} } });
      const services = await ask("POST /callLog", {
        body: call("mine", "11", { hashedExtensionId }),
        headers: SERVICE,
      });
      assert.equal(services.json["logId"], browsers.json["logId"]);
      const patch = { sessionId: "mine", duration: 90, hashedExtensionId };
      assert.equal((await ask("PATCH /callLog", { body: patch, headers: SERVICE })).json["successful"], true);
      assert.deepEqual(
        (await activitiesIn(running)).map(({ durationSeconds }) => durationSeconds),
        [90],
      );
    });

    test("the note that a colleague handed over goes into the colleague's record and into no other", async (t) => {
      const there = await administration(t, database);
      const { accountHash, ask, crm, running } = there;
      const extensions = await mapped(there);
      await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${accountHash}` });
      const body = { sessionId: "noted", note: "Ben's own words." };
      await ask("POST /callLog/cacheNote", { jwt: crm.ben, body });
      const named = { hashedExtensionId: extensions.ben };
      await ask("POST /callLog", { body: call("noted", "12", named), headers: SERVICE });
      await ask("POST /callLog", { body: call("noted", "11"), headers: SERVICE });
      const notes = (await activitiesIn(running)).map(({ body: text }) => String(text).includes("Ben's own words."));
      assert.deepEqual(notes, [true, false]);

      await t.test("nor one that was handed over for another call, or in another account", async () => {
        await ask("POST /callLog", { body: call("another", "12"), headers: SERVICE });
        const stranger = await logIn(running, "demo-key-2");
        await ask("GET /user/settings", { jwt: stranger, query: `rcAccountId=${there.otherAccountHash}` });
        await ask("POST /callLog/cacheNote", { jwt: stranger, body: { ...body, sessionId: "elsewhere" } });
        await ask("POST /callLog", { body: call("elsewhere", "12"), headers: SERVICE });
        const records = await activitiesIn(running);
        assert.equal(records.filter(({ body: text }) => String(text).includes("Ben's own words.")).length, 1);
        assert.equal(records.length, 4);
      });
    });

    test("a service that names no extension has one record for a session, and finds it", async (t) => {
      const there = await administration(t, database);
      const { ask, running } = there;
      await mapped(there);
      const { json } = await ask("POST /callLog", { body: call("older", "12"), headers: SERVICE });
      const patched = await ask("PATCH /callLog", { body: { sessionId: "older", duration: 90 }, headers: SERVICE });
      assert.equal(patched.json["logId"], json["logId"]);
      assert.deepEqual(
        (await activitiesIn(running)).map(({ ownerId, durationSeconds }) => [ownerId, durationSeconds]),
        [[BEN, 90]],
      );
    });

    test("a browser that names its extension has the one record of its user's session", async (t) => {
      const there = await administration(t, database);
      const { ask, running } = there;
      const extensions = await mapped(there);
      const named = { hashedExtensionId: extensions.ann, extensionNumber: "101", additionalSubmission: {} };
      const first = await ask("POST /callLog", { body: call("browser", "11", named) });
      const second = await ask("POST /callLog", { body: call("browser", "11", { additionalSubmission: {} }) });
      assert.equal(second.json["logId"], first.json["logId"]);
      const query = `sessionIds=browser&hashedExtensionId=${extensions.ann}&extensionNumber=101`;
      assert.match((await ask("GET /callLog", { query })).text, /"matched":true/);
      assert.equal((await activitiesIn(running)).length, 1);
    });
  });
}
