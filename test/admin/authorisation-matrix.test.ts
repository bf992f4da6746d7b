/** Every route of the server, asked by everybody: who is let in, and that nobody is told what belongs to another company. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { demoOAuth } from "../../src/connectors/demo/index.ts";
import { pipedrive } from "../../src/connectors/pipedrive/index.ts";
import { newCall } from "../contract/calls.ts";
import { objectOf } from "../contract/extension.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { logIn } from "../support/trunkline.ts";
import { type Administration, administration } from "./administration.ts";
import { managedDemo } from "./managed-login.ts";
import { type Caller, CALLERS, type Row, ROWS } from "./authorisation-rows.ts";

/** In the settings of Ann, in those of her account, and in what she logged. */
const MARK = "for Ann's company only";
const KEYS = { ann: "demo-key", stranger: "demo-key-2" };

interface Identity {
  key?: string;
  rc?: string;
}

function identitiesIn({ tokens }: Administration): Record<Caller, Identity> {
  const { administrator, agent, otherAdministrator } = tokens;
  return {
    nobody: {},
    "an administrator who is not logged in to the CRM": { rc: administrator },
    "a user": { key: KEYS.ann },
    "a user of another company": { key: KEYS.stranger },
    "an agent of RingCentral": { key: KEYS.ann, rc: agent },
    "an administrator": { key: KEYS.ann, rc: administrator },
    "an administrator of another account, from another company": { key: KEYS.stranger, rc: otherAdministrator },
  };
}

async function matrix(t: TestContext, database: TestDatabase) {
  const there = await administration(t, database, {
    connectors: [managedDemo(), demoOAuth, pipedrive],
    environment: { PIPEDRIVE_CLIENT_ID: "an app", PIPEDRIVE_CLIENT_SECRET: "its secret" },
  });
  const { ask, running, tokens, crm } = there;
  const userSettings = { marked: { value: MARK, customizable: false } };
  await ask("POST /user/settings", { body: { userSettings } });
  const saved = await ask("POST /admin/settings", {
    rc: tokens.administrator,
    body: { adminSettings: { userSettings, userMappings: [{ crmUserId: "1", rcExtensionId: MARK }] } },
  });
  assert.equal(saved.status, 200, saved.text);
  const rcExtensionId = String(there.ann.id);
  for (const whose of [{ scope: "org" }, { scope: "user", rcExtensionId, rcUserName: MARK }]) {
    const values = whose.scope === "org" ? { serviceKey: KEYS.ann } : { apiKey: KEYS.ann };
    const filledIn = await ask("POST /admin/managedAuth", { rc: tokens.administrator, body: { ...whose, values } });
    assert.equal(filledIn.status, 200, filledIn.text);
  }
  const logged = await ask("POST /callLog", { body: newCall("matrix", { note: MARK }) });
  assert.equal(logged.json["successful"], true, logged.text);

  const sessions = new Map([
    [KEYS.ann, crm.ann],
    [KEYS.stranger, crm.ben],
  ]);
  const identities = identitiesIn(there);
  async function asked(row: Row, caller: Caller) {
    const { key, rc } = identities[caller];
    if (row.endsSessions && key !== undefined) sessions.set(key, await logIn(running, key));
    const jwt = key === undefined ? "" : (sessions.get(key) ?? "");
    const [method] = row.route.split(" ");
    const query = row.query?.replace("{account}", there.accountHash) ?? "";
    const asking = { jwt, query, body: row.body, ...(rc === undefined ? {} : { rc }) };
    return ask(row.at === undefined ? row.route : `${method} ${row.at}`, asking);
  }
  return { ...there, asked };
}

const OF_ANOTHER_COMPANY: readonly Caller[] = CALLERS.filter((caller) =>
  /another company|nobody|not logged in/.test(caller),
);

for (const database of await testDatabases()) {
  void suite(`who may ask what, on ${database.name}`, { skip: database.skip }, () => {
    test("every route answers each caller as its row says, and tells strangers nothing of Ann's company", async (t) => {
      const { asked, ask, crm, running, tokens } = await matrix(t, database);
      const seen: string[] = [];
      for (const row of ROWS) {
        for (const [at, caller] of CALLERS.entries()) {
          const { status, text } = await asked(row, caller);
          if (status !== row.expects[at])
            seen.push(`${row.route}, asked by ${caller}: ${status} ${text.slice(0, 200)}`);
          if (OF_ANOTHER_COMPANY.includes(caller) && text.includes(MARK)) seen.push(`${row.route} tells ${caller}`);
          if (status === 403) assert.match(text, /^Only an administrator/);
        }
      }
      assert.deepEqual(seen, []);

      await t.test("and no token of anybody reaches a log line", () => {
        const secrets = [...Object.values(tokens), crm.ann, crm.ben];
        const told = running.logs.filter((line) => secrets.some((secret) => line.includes(secret)));
        assert.deepEqual(told, []);
      });

      await t.test("and the mark that was looked for is there for whom it belongs to", async () => {
        const jwt = await logIn(running);
        const mine = await ask("GET /callLog", { jwt, query: "sessionIds=matrix&requireDetails=true" });
        const ours = await ask("GET /admin/settings", { jwt, rc: tokens.administrator });
        assert.ok(mine.text.includes(MARK), mine.text);
        assert.ok(ours.text.includes(MARK), ours.text);
      });
    });

    test("no route is without its row, and no row without its route", async (t) => {
      const { running } = await matrix(t, database);
      const paths = objectOf((await running.send("GET", "/openapi.json")).json["paths"]);
      const routes = Object.entries(paths).flatMap(([path, operations]) =>
        Object.keys(objectOf(operations)).map((method) => `${method.toUpperCase()} ${path}`),
      );
      const visible = routes.filter((route) => !route.startsWith("HEAD "));
      assert.deepEqual(ROWS.map(({ route }) => route).toSorted(), visible.toSorted());
    });
  });
}
