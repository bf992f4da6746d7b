/** Lists of a company in its CRM: read once for everybody who works there, and kept for when the CRM is away. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import { defineConnector } from "../../src/sdk/connector.ts";
import { connectorWith, withAdapted } from "../app-connect/adapted.ts";
import { testDatabases } from "../support/databases.ts";
import { setFaults } from "../support/trunkline.ts";
import { connectedExtension, type Extension, noticeOf } from "./extension.ts";

const PEOPLE = [
  { const: "1", title: "Ann Operator" },
  { const: "2", title: "Ben Backup" },
];
const away = { match: "GET /api/users", kind: "500", times: 1_000 } as const;

const read = (who: Extension, more = "") => who.ask("GET /accountData", `keys=colleagues${more}`);

/** A CRM whose second user works for another company, and whose lists are good for no time at all. */
const forgetful = defineConnector({
  ...demo,
  async getUserInfo(context) {
    const info = await demo.getUserInfo(context);
    return info.id === "2" ? { ...info, tenant: "another company" } : info;
  },
  accountData: { colleagues: { ttlMs: 0, fetch: ({ user }) => Promise.resolve([{ const: 1, title: user.tenant }]) } },
});

for (const database of await testDatabases()) {
  void suite(`lists of a company, on ${database.name}`, { skip: database.skip }, () => {
    test("are read once for all who work there, and anew when somebody insists", async (t) => {
      const ann = await connectedExtension(t, { environment: await database.environment(t) });
      const ben = await ann.logIn("demo-key-2");
      ann.running.crmRequests.length = 0;
      const answers = await Promise.all([read(ann), read(ann), read(ann)]);
      for (const { json } of [...answers, await read(ben)]) {
        assert.deepEqual(json, { successful: true, data: { colleagues: PEOPLE } });
      }
      assert.deepEqual(ann.running.crmRequests, ["GET /api/users"]);
      await read(ben, "&forceRefresh=true");
      assert.equal(ann.running.crmRequests.length, 2);
    });

    test("stand as they were while the CRM is away, and say so", async (t) => {
      const ann = await connectedExtension(t, { environment: await database.environment(t) });
      await setFaults(ann.running, away);
      assert.equal((await read(ann)).json["successful"], false);
      await setFaults(ann.running);
      await read(ann);
      await setFaults(ann.running, away);
      const stale = await read(ann, "&forceRefresh=true");
      assert.deepEqual([stale.json["successful"], stale.json["data"]], [true, { colleagues: PEOPLE }]);
      assert.equal(noticeOf(stale).messageType, "warning");
      assert.match(noticeOf(stale).message, /as they were before\.$/);
    });

    test("belong to one company, and are read again when their time is over", async (t) => {
      const environment = await database.environment(t);
      const ann = await connectedExtension(t, { environment, connectors: [forgetful] });
      const stranger = await ann.logIn("demo-key-2");
      for (const [who, tenant] of [
        [ann, "demo"],
        [stranger, "another company"],
        [ann, "demo"],
      ] as const) {
        assert.deepEqual((await read(who)).json["data"], { colleagues: [{ const: 1, title: tenant }] });
      }
    });

    test("a name that the connector does not have is refused, with those that it has", async (t) => {
      const ann = await connectedExtension(t, { environment: await database.environment(t) });
      for (const keys of ["colleagues,toString", "activityTypes"]) {
        const { status, text } = await ann.ask("GET /accountData", `keys=${keys}`);
        assert.deepEqual([status, text], [400, "keys names no list of Demo CRM: it has colleagues."]);
      }
      assert.equal((await ann.ask("GET /accountData", "keys=,")).status, 400);
    });
  });
}

test("a connector written for App Connect offers the lists that it declares", async (t) => {
  const connector = await connectorWith({
    accountData: {
      activityTypes: { fetch: ({ user }: { user: { platform: string } }) => [{ const: "call", title: user.platform }] },
      none: { fetch: () => ({ successful: false, returnMessage: { message: "There is no such list." } }) },
    },
  });
  const { ask } = await withAdapted(t, connector);
  const lists = await ask("GET", "/accountData?keys=activityTypes");
  assert.deepEqual(lists.json, { successful: true, data: { activityTypes: [{ const: "call", title: "today" }] } });
  const none = await ask("GET", "/accountData?keys=none");
  assert.equal(none.json["successful"], false);
  assert.match(none.text, /There is no such list/);
});
