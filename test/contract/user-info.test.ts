/** What is known of the user: asked of the CRM once more, and shown in a report that holds no secret. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import { defineConnector, type UserInfo } from "../../src/sdk/connector.ts";
import type { JsonObject } from "../../src/store/json.ts";
import { connectorWith, withAdapted } from "../app-connect/adapted.ts";
import { testDatabases } from "../support/databases.ts";
import { setFaults, until } from "../support/trunkline.ts";
import { newCall } from "./calls.ts";
import { connectedExtension, type Extension, noticeOf, objectOf, objectsOf, textOf } from "./extension.ts";

/** The Demo CRM, where what it says of its user can change. */
function changeable() {
  const said: Partial<UserInfo> = {};
  const connector = defineConnector({
    ...demo,
    getUserInfo: async (context) => ({ ...(await demo.getUserInfo(context)), ...said }),
  });
  return { said, connector };
}

async function addressOf(who: Extension): Promise<string> {
  const answer = await who.ask("GET /debug/report/url");
  assert.equal(answer.status, 200, answer.text);
  const { origin, pathname, search } = new URL(textOf(answer.json["presignedUrl"]));
  assert.equal(origin, who.running.url);
  return `${pathname}${search}`;
}

async function reportOf(who: Extension): Promise<JsonObject> {
  const answer = await who.running.send("GET", await addressOf(who));
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  return answer.json;
}

for (const database of await testDatabases()) {
  void suite(`what is known of the user, on ${database.name}`, { skip: database.skip }, () => {
    test("the CRM is asked once more, and what it says now is kept", async (t) => {
      const { said, connector } = changeable();
      const environment = await database.environment(t);
      const ann = await connectedExtension(t, { environment, connectors: [connector] });
      Object.assign(said, { name: "Ann Married", timezoneName: "Asia/Tokyo" });
      const answer = await ann.ask("POST /user/refreshInfo");
      assert.deepEqual([answer.json["successful"], noticeOf(answer).messageType], [true, "success"]);
      const { name, timeZone } = objectOf((await reportOf(ann))["user"]);
      assert.deepEqual([name, timeZone], ["Ann Married", "Asia/Tokyo"]);
    });

    test("a CRM that names somebody else, or cannot be asked, changes nothing", async (t) => {
      const { said, connector } = changeable();
      const environment = await database.environment(t);
      const ann = await connectedExtension(t, { environment, connectors: [connector] });
      said.name = "Somebody Else";
      for (const other of [{ tenant: "another company" }, { tenant: "demo", id: "999" }]) {
        Object.assign(said, other);
        const refused = await ann.ask("POST /user/refreshInfo");
        assert.equal(refused.json["successful"], false);
        assert.match(noticeOf(refused).message, /somebody else's now\. Please log out and log in again\.$/);
      }
      await setFaults(ann.running, { match: "GET /api/me", kind: "500" });
      assert.equal((await ann.ask("POST /user/refreshInfo")).json["successful"], false);
      assert.equal(objectOf((await reportOf(ann))["user"])["name"], "Ann Operator");
    });

    test("the report tells version, settings and latest logs of one user, without secrets and notes", async (t) => {
      const environment = await database.environment(t);
      const ann = await connectedExtension(t, { environment });
      const ben = await ann.logIn("demo-key-2");
      await ann.ask("POST /user/settings", "", {
        userSettings: {
          autoLogCall: { value: true },
          crmPassword: { value: "correct horse" },
          nested: { value: { accessToken: "battery staple" } },
        },
      });
      await ben.logCall(newCall("Ben's own"));
      await ann.logCall(newCall("first", { note: "Nobody may read this" }));
      await setFaults(ann.running, { match: "POST /api/activities", kind: "429", times: 1 });
      await ann.logCall(newCall("second", { note: "Nor this" }));
      const report = await until(async () => {
        const made = await reportOf(ann);
        return objectsOf(made["recentCauses"]).length > 0 ? made : undefined;
      });
      assert.match(textOf(report["version"]), /^\d+\.\d+\.\d+/);
      assert.deepEqual(
        new Set(objectsOf(report["entries"]).map(({ sourceKey }) => sourceKey)),
        new Set(["first", "second"]),
      );
      assert.deepEqual(objectsOf(report["recentCauses"])[0]?.["code"], "crm-rate-limited");
      const settings = objectOf(report["settings"]);
      assert.deepEqual(settings["autoLogCall"], { value: true });
      assert.equal(settings["crmPassword"], "(removed)");
      const text = JSON.stringify(report);
      const secrets = ["Nobody may", "Nor this", "correct horse", "battery staple", "demo-key", ann.token, "Ben's own"];
      for (const secret of secrets) assert.ok(!text.includes(secret), secret);
    });

    test("its address opens nothing else, and nothing else opens it", async (t) => {
      const environment = await database.environment(t);
      const ann = await connectedExtension(t, { environment });
      const address = await addressOf(ann);
      const token = new URL(address, ann.running.url).searchParams.get("token") ?? "";
      assert.equal((await ann.as(token).ask("GET /hostname")).status, 400);
      for (const worthless of [ann.token, `${token}x`, "x"]) {
        assert.equal((await ann.running.send("GET", `/debug/report?token=${worthless}`)).status, 404);
      }
      assert.equal((await ann.running.send("PUT", address, { mine: true })).status, 405);
      assert.equal((await ann.running.send("GET", address)).status, 200);
      await ann.ask("POST /unAuthorize");
      assert.equal((await ann.running.send("GET", address)).status, 404);
      assert.deepEqual(
        ann.running.logs.filter((line) => line.includes(token)),
        [],
      );
    });
  });
}

test("a connector written for App Connect is asked in its own way, and what it saves is kept", async (t) => {
  const seen: unknown[] = [];
  const connector = await connectorWith({
    async refreshUserInfo({ user }: { user: { platformAdditionalInfo: object; save(): Promise<void> } }) {
      seen.push(user.platformAdditionalInfo);
      user.platformAdditionalInfo = { desk: "moved" };
      await user.save();
      return { successful: true };
    },
  });
  const { ask } = await withAdapted(t, connector);
  for (const _ of [1, 2]) assert.equal((await ask("POST", "/user/refreshInfo")).json["successful"], true);
  assert.deepEqual(seen[1], { desk: "moved" });
  const interfaces = await ask("GET", `/implementedInterfaces?platform=${connector.platform}`);
  assert.equal(interfaces.json["refreshUserInfo"], true);
});

test("one that cannot says so, before and when it is asked", async (t) => {
  const connector = await connectorWith({});
  const { ask } = await withAdapted(t, connector);
  const interfaces = await ask("GET", `/implementedInterfaces?platform=${connector.platform}`);
  assert.equal(interfaces.json["refreshUserInfo"], false);
  const refused = await ask("POST", "/user/refreshInfo");
  assert.equal(refused.json["successful"], false);
  assert.match(refused.text, /can only be asked who you are when you log in/);
});
