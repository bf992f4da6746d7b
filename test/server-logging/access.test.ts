/** Who may have calls logged without a browser, whose calls, and who may say that there is news. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { testDatabases } from "../support/databases.ts";
import { rowsOf, wholeDatabase } from "../operators/whole-database.ts";
import { activities, LUKE, office, wholeCall } from "./office.ts";

for (const database of await testDatabases()) {
  void suite(
    `access to logging without a browser on ${database.name}`,
    { concurrency: true, skip: database.skip },
    () => {
      test("an agent has their own calls logged, never the company's", async (t) => {
        const there = await office(t, database);
        const { ann, bob, crm, running, service } = there;
        const token = await there.logIn(bob);
        const company = { crmToken: crm.ben, subscriptionLevel: "Account" };
        const refused = await service("POST subscribe", company, token);
        assert.deepEqual([refused.status, refused.text.startsWith("Only an administrator")], [403, true]);
        const own = { crmToken: crm.ben, subscriptionLevel: "User" };
        assert.deepEqual((await service("POST subscribe", own, token)).json, { successful: true });
        await wholeCall(there, ann, { with: { phoneNumber: LUKE } });
        await wholeCall(there, bob, { with: { phoneNumber: LUKE } });
        assert.deepEqual(
          (await activities(running, 1)).map(({ ownerId }) => ownerId),
          ["2"],
        );
        assert.deepEqual((await service("GET subscription", undefined, token)).json, {
          subscribed: true,
          subscriptionLevel: "User",
          doNotLogNumbers: [],
          loggingByAdmin: false,
        });
      });

      test("a company sees and changes what is its own, and a token that is not ours opens nothing", async (t) => {
        const there = await office(t, database);
        const { bob, crm, eve, service } = there;
        const token = await there.switchedOn();
        const stranger = await there.logIn(eve);
        const nothing = { subscribed: false, doNotLogNumbers: [], loggingByAdmin: false };
        assert.deepEqual((await service("GET subscription", undefined, stranger)).json, nothing);
        const numbers = { doNotLogNumbers: ["+16505550177"] };
        assert.equal((await service("POST do-not-log-numbers", numbers, stranger)).status, 400);
        assert.equal((await service("POST unsubscribe", {}, stranger)).status, 200);
        const colleague = await service("GET subscription", undefined, await there.logIn(bob));
        assert.deepEqual([colleague.json["subscribed"], colleague.json["loggingByAdmin"]], [true, true]);

        const wrong = await service("POST do-not-log-numbers", { doNotLogNumbers: ["Luke"] }, token);
        assert.deepEqual(
          [wrong.status, wrong.text.startsWith("doNotLogNumbers must be telephone numbers")],
          [400, true],
        );
        const elsewhere = { crmToken: crm.ann, crmPlatform: "pipedrive", subscriptionLevel: "Account" };
        assert.match((await service("POST subscribe", elsewhere, token)).text, /^crmPlatform must be demo/);
        for (const worthless of [crm.ann, "x", `${token}x`]) {
          assert.equal((await service("GET subscription", undefined, worthless)).status, 401);
        }
        // Neither is a token of the service a session of the CRM.
        assert.equal((await there.ask("GET /hostname", { jwt: token })).status, 400);
      });

      test("events are RingCentral's own, or they are refused", async (t) => {
        const there = await office(t, database);
        const { ringCentral, running } = there;
        await there.switchedOn();
        const [subscription] = ringCentral.subscriptions.all;
        assert.ok(subscription?.verificationToken !== undefined);
        const { pathname, search } = new URL(subscription.address);
        const place = `${pathname}${search}`;
        for (const headers of [{}, { "verification-token": "made-up" }]) {
          assert.equal((await running.send("POST", place, { any: "thing" }, headers)).status, 401);
        }
        const itself = { "verification-token": subscription.verificationToken };
        assert.equal((await running.send("POST", place, { any: "thing" }, itself)).status, 200);
        assert.equal((await running.send("POST", `${place}x`, {}, itself)).status, 401);
        const strange = { "validation-token": "<script>" };
        assert.equal((await running.send("POST", place, {}, strange)).headers.get("validation-token"), null);
      });

      test("a code of RingCentral's page serves as well: refresh tokens are stored as they change, and sealed", async (t) => {
        const there = await office(t, database);
        const { ann, crm, databaseUrl, ringCentral, running, service } = there;
        const code = ringCentral.grants.newCode(ann, `${running.url}/server-logging/oauth/callback`);
        const { json } = await service(`GET oauth/callback?code=${code}`);
        assert.ok(typeof json["jwtToken"] === "string");
        const token = json["jwtToken"];
        await service("POST subscribe", { crmToken: crm.ann, subscriptionLevel: "Account" }, token);
        for (const count of [1, 2]) {
          ringCentral.grants.expireAccessTokens();
          await wholeCall(there, ann, { with: { phoneNumber: LUKE } });
          assert.equal((await activities(running, count)).length, count);
        }
        const kept = JSON.stringify(await wholeDatabase(databaseUrl));
        const { verificationToken = "rc-" } = ringCentral.subscriptions.all[0] ?? {};
        for (const secret of ["rc-refresh-", "rc-access-", verificationToken]) assert.ok(!kept.includes(secret));
      });

      test("codes are not tried without end, and a JWT takes a session in the CRM", async (t) => {
        const there = await office(t, database);
        const statuses: number[] = [];
        for (const code of ["one", "two", "three"]) {
          statuses.push((await there.service(`GET oauth/callback?code=${code}`)).status);
        }
        assert.deepEqual(statuses, [400, 400, 503]);
        const jwt = there.ringCentral.grants.newJwt(there.ann);
        assert.equal((await there.service("POST login", { jwt })).status, 400);
        assert.equal((await there.service("POST login", { jwt }, await there.logIn(there.ann))).status, 400);
      });

      test("what RingCentral does not allow at all is refused at once, and leaves nothing behind", async (t) => {
        const there = await office(t, database);
        const { crm, databaseUrl, ringCentral, service } = there;
        const error = { errorCode: "CMN-401", message: "application needs to have [ReadCallLog] permission" };
        const body = { errors: [error] };
        ringCentral.faults.order({ match: "GET */call-log-sync", kind: "answer", status: 403, body });
        const token = await there.logIn(there.ann);
        const refused = await service("POST subscribe", { crmToken: crm.ann, subscriptionLevel: "Account" }, token);
        assert.equal(refused.status, 403, refused.text);
        assert.equal((await service("GET subscription", undefined, token)).json["subscribed"], false);
        for (const table of ["followed_logs", "followed_mailboxes", "shared_logs"]) {
          assert.deepEqual(await rowsOf(databaseUrl, `select * from ${table}`), []);
        }
      });

      test("what is switched off ends at RingCentral, and its login is forgotten", async (t) => {
        const there = await office(t, database);
        const { ann, crm, ringCentral, service } = there;
        const token = await there.switchedOn();
        assert.equal(ringCentral.subscriptions.standing().length, 1);
        assert.equal((await service("POST unsubscribe", {}, token)).status, 200);
        assert.deepEqual(ringCentral.subscriptions.standing(), []);
        assert.equal((await service("GET subscription", undefined, token)).json["subscribed"], false);
        const again = { crmToken: crm.ann, subscriptionLevel: "Account" };
        assert.match((await service("POST subscribe", again, token)).text, /Please log in again/);
        await wholeCall(there, ann, { with: { phoneNumber: LUKE } });
        assert.deepEqual(await activities(there.running, 0), []);
      });
    },
  );
}
