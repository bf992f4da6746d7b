/** A day without any browser: whatever happens at RingCentral, the CRM has each call once. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { newCall } from "../contract/calls.ts";
import { objectOf } from "../contract/extension.ts";
import { testDatabases } from "../support/databases.ts";
import { runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { activities, BEN, ELEANOR, LUKE, NOBODY, office, wholeCall } from "./office.ts";

for (const database of await testDatabases()) {
  void suite(`a day without any browser on ${database.name}`, { concurrency: true, skip: database.skip }, () => {
    test("everybody's calls are in the CRM once, in the name of whoever had them", async (t) => {
      const there = await office(t, database);
      const { ann, ask, bob, crm, running, service } = there;
      const token = await there.switchedOn();
      await service("POST do-not-log-numbers", { doNotLogNumbers: "+44 20 7946 0958, +16505550177" }, token);
      await wholeCall(there, ann, { with: { phoneNumber: ELEANOR } });
      await wholeCall(there, ann, { with: { phoneNumber: NOBODY } });
      const missed = await there.ringCentral.phone.ring(ann, { with: { phoneNumber: LUKE } });
      await missed.hangUp();
      const noted = await there.ringCentral.phone.ring(bob, { direction: "Outbound", with: { phoneNumber: LUKE } });
      await noted.answer();
      await ask("POST /callLog/cacheNote", {
        jwt: crm.ben,
        body: { sessionId: noted.sessionId, note: "Wants two X-wings." },
      });
      await noted.hangUp({ afterSeconds: 75, recording: Buffer.from("a recording") });

      const logged = await activities(running, 2);
      const bens = logged.find(({ ownerId }) => ownerId === BEN);
      const anns = logged.find(({ ownerId }) => ownerId === "1");
      assert.equal(logged.length, 2);
      assert.equal(anns?.["subject"], "Inbound call from Luke Skywalker");
      assert.match(String(anns?.["body"]), /- Result: Missed/);
      assert.equal(bens?.["subject"], "Outbound call to Luke Skywalker");
      assert.equal(bens?.["durationSeconds"], 75);
      assert.match(String(bens?.["body"]), /Wants two X-wings\.[^]*media-reader\/\?media=http/);

      await t.test("and the browser finds them, and adds nothing when it logs one of them as well", async () => {
        const found = await ask("GET /callLog", { jwt: crm.ben, query: `sessionIds=${noted.sessionId}` });
        assert.match(found.text, /"matched":true/);
        const posted = await ask("POST /callLog", { jwt: crm.ben, body: newCall(noted.sessionId) });
        assert.equal(posted.json["logId"], bens?.["id"]);
        assert.equal((await activities(running, 2)).length, 2);
      });

      await t.test("and no secret is in a log line", () => {
        const { verificationToken } = there.ringCentral.subscriptions.all[0] ?? {};
        assert.ok(verificationToken !== undefined);
        const secrets = ["rc-access-", "rc-jwt-", verificationToken, token];
        assert.deepEqual(
          running.logs.filter((line) => secrets.some((secret) => line.includes(secret))),
          [],
        );
      });
    });

    test("a call that a browser logged while it went on is completed, not logged again", async (t) => {
      const there = await office(t, database);
      const { ask, bob, crm, running } = there;
      await there.switchedOn();
      const call = await there.ringCentral.phone.ring(bob, { with: { phoneNumber: LUKE } });
      await call.answer();
      const { logInfo, ...rest } = newCall(call.sessionId, { note: "In my own words." });
      const body = { ...rest, logInfo: { ...objectOf(logInfo), duration: "pending" } };
      assert.equal((await ask("POST /callLog", { jwt: crm.ben, body })).json["successful"], true);
      await call.hangUp({ afterSeconds: 75 });
      const completed = await until(async () => {
        const [first, ...others] = await activities(running, 1);
        assert.deepEqual(others, []);
        return first?.["durationSeconds"] === 75 ? first : undefined;
      });
      assert.match(String(completed["body"]), /In my own words\./);
    });

    test("while a CRM is away nothing is lost, and colleagues' calls are not held up", async (t) => {
      const there = await office(t, database);
      const { ann, bob, running } = there;
      await there.switchedOn();
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 2 });
      await wholeCall(there, ann, { with: { phoneNumber: LUKE } });
      await wholeCall(there, bob, { with: { phoneNumber: LUKE } });
      const owners = (await activities(running, 2)).map(({ ownerId }) => String(ownerId));
      assert.deepEqual(new Set(owners), new Set(["1", BEN]));
    });

    test("what happened while we were away is caught up with, though subscription and sync token are lost", async (t) => {
      const there = await office(t, database);
      const { ann, environment, ringCentral, running } = there;
      await there.switchedOn();
      await wholeCall(there, ann, { with: { phoneNumber: LUKE } });
      await activities(running, 1);
      await running.close();
      await wholeCall(there, ann, { with: { phoneNumber: LUKE } });
      ringCentral.subscriptions.all.length = 0;
      ringCentral.state.resets += 1;

      // The Demo CRM of the first run is gone with it; the ledger knows what it had.
      const again = await runTrunkline(t, { folder: running.folder, environment });
      const logged = await activities(again, 1);
      assert.equal(ringCentral.subscriptions.standing().length, 1);
      assert.ok(ringCentral.subscriptions.all[0]?.address.startsWith(again.url));
      await wholeCall(there, ann, { with: { phoneNumber: LUKE } });
      assert.equal((await activities(again, 2)).length, logged.length + 1);
      await again.close();

      // RingCentral has given our webhook up.
      const [given] = ringCentral.subscriptions.all;
      assert.ok(given !== undefined);
      ringCentral.subscriptions.blacklist(given, "Webhook responses with code: [none]");
      await wholeCall(there, ann, { with: { phoneNumber: LUKE } });
      const last = await runTrunkline(t, { folder: running.folder, environment });
      await activities(last, 1);
      assert.deepEqual(
        ringCentral.subscriptions.all.map(({ blacklisted }) => blacklisted),
        [undefined],
      );
    });
  });
}
