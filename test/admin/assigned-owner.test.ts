/** Logging on somebody's behalf: the record belongs to the colleague whom a mapping or their own token names. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, setFaults, until } from "../support/trunkline.ts";
import { type Administration, administration } from "./administration.ts";

const BEN = "2";

async function mapped(there: Administration): Promise<void> {
  const body = { adminSettings: { userMappings: [{ crmUserId: BEN, rcExtensionId: "11" }] } };
  assert.equal((await there.ask("POST /admin/settings", { rc: there.tokens.administrator, body })).status, 200);
}

function call(sessionId: string, additionalSubmission: object) {
  return {
    logInfo: { sessionId, direction: "Inbound" },
    contactId: "1",
    contactName: "Luke Skywalker",
    additionalSubmission,
  };
}

function conversation(additionalSubmission: object) {
  const message = { id: "m-1", direction: "Inbound", subject: "Hello", creationTime: 1_790_000_000_000 };
  const logInfo = { conversationId: "7", conversationLogId: "7/9/21/2026", type: "SMS", messages: [message] };
  return { logInfo, contactId: "1", contactName: "Luke Skywalker", additionalSubmission };
}

for (const database of await testDatabases()) {
  void suite(`logging on somebody's behalf on ${database.name}`, { skip: database.skip }, () => {
    test("calls and messages of a mapped extension belong to its user, also when they are written later", async (t) => {
      const there = await administration(t, database);
      const { ask, running } = there;
      await mapped(there);
      const assigned = { isAssignedToUser: true, adminAssignedUserRcId: 11, deals: "none" };
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 1 });
      await ask("POST /callLog", { body: call("on-behalf", assigned), headers: { "user-agent": "SSCL/1.0" } });
      await ask("POST /messageLog", { body: conversation(assigned) });
      const owners = await until(async () => {
        const activities = await activitiesIn(running);
        return activities.length === 2 ? activities.map((activity) => activity["ownerId"]) : undefined;
      });
      assert.deepEqual(owners, [BEN, BEN]);
    });

    test("without a word of the administrator, a log is in the name of whoever logs", async (t) => {
      const there = await administration(t, database);
      const { ask, running, crm } = there;
      const assigned = { isAssignedToUser: true, adminAssignedUserRcId: "11" };
      // No account is known of Ann, nobody has mapped anything, and the extension is not among what was mapped.
      await ask("POST /callLog", { body: call("no-account", assigned) });
      await mapped(there);
      await ask("POST /callLog", { body: call("unmapped", { ...assigned, adminAssignedUserRcId: "12" }) });
      await ask("POST /callLog", { body: call("not-assigned", { ...assigned, isAssignedToUser: false }) });
      await ask("POST /callLog", { jwt: crm.ben, body: call("stranger-to-it", assigned) });
      const owners = (await activitiesIn(running)).map((activity) => activity["ownerId"]);
      assert.deepEqual(owners, ["1", "1", "1", "2"]);
    });

    test("a colleague's own token names them; a forged one, or one of another company, does not", async (t) => {
      const there = await administration(t, database);
      const { ask, crm, running } = there;
      await mapped(there);
      const assigned = (adminAssignedUserToken: string, adminAssignedUserRcId?: string) => ({
        isAssignedToUser: true,
        adminAssignedUserToken,
        adminAssignedUserRcId,
      });
      await ask("POST /callLog", { body: call("token", assigned(crm.ben)) });
      await ask("POST /callLog", { body: call("forged", assigned("eyJhbGciOiJIUzI1NiJ9.e30.worthless")) });
      await ask("POST /callLog", { body: call("forged-but-mapped", assigned("worthless", "11")) });
      const activities = await activitiesIn(running);
      assert.deepEqual(
        activities.map((activity) => activity["ownerId"]),
        [BEN, "1", BEN],
      );
      assert.ok(!JSON.stringify(activities).includes(crm.ben));
    });

    test("the colleague's token is neither kept nor taken for a choice of the form", async (t) => {
      const there = await administration(t, database);
      const { ask, crm, running } = there;
      const assigned = { isAssignedToUser: "true", adminAssignedUserToken: crm.ben, deals: "1" };
      await ask("POST /callLog", { body: call("kept", assigned) });
      await ask("PATCH /callLog", { body: { sessionId: "kept", note: "later", additionalSubmission: assigned } });
      await ask("PUT /callDisposition", { body: { sessionId: "kept", dispositions: assigned } });
      // What is owed is shown as it is kept.
      await setFaults(running, { match: "PATCH /api/activities", kind: "500", times: 50 });
      await ask("PATCH /callLog", { body: { sessionId: "kept", note: "owed", additionalSubmission: assigned } });
      const loaded = await ask("GET /callLog", { query: "sessionIds=kept&requireDetails=true" });
      assert.match(loaded.text, /"deals":"1"/);
      assert.doesNotMatch(loaded.text, /adminAssigned|isAssigned/);
      assert.ok(!running.logs.some((line) => line.includes(crm.ben)));
    });
  });
}
