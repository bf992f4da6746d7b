/** Who is who in RingCentral and the CRM: found once, kept, changed by administrators, and answered as each client reads it. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import { type CrmUserReference, defineConnector } from "../../src/sdk/connector.ts";
import { testDatabases } from "../support/databases.ts";
import { setFaults, type WireAnswer } from "../support/trunkline.ts";
import { administration } from "./administration.ts";

const ANN = { id: "1", name: "Ann Operator", email: "ann@demo-crm.example" };
const BEN = { id: "2", name: "Ben Backup", email: "ben@demo-crm.example" };
const extension = (id: number | string, of: object) => ({ id, extensionNumber: "101", ...of });

function listed(answer: WireAnswer): unknown {
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text);
}

for (const database of await testDatabases()) {
  void suite(`user mapping on ${database.name}`, { skip: database.skip }, () => {
    test("e-mail addresses match first, then names, and what is missing never does", async (t) => {
      const { ask, tokens } = await administration(t, database);
      const body = {
        rcExtensionList: [
          extension(11, { firstName: " ben ", lastName: "BACKUP", email: "somebody@acme.example" }),
          extension(12, { name: "Somebody Else", email: " ANN@demo-crm.example " }),
          extension(13, { name: null, email: null }),
          extension(14, {}),
        ],
      };
      const mapped = listed(await ask("POST /admin/userMapping", { rc: tokens.administrator, body }));
      const rcUser = { extensionNumber: "101" };
      assert.deepEqual(mapped, [
        {
          crmUser: ANN,
          rcUser: { ...rcUser, extensionId: "12", name: "Somebody Else", email: " ANN@demo-crm.example " },
        },
        { crmUser: BEN, rcUser: { ...rcUser, extensionId: "11", name: "ben  BACKUP", email: "somebody@acme.example" } },
      ]);
    });

    test("what was found the first time is stored, and stays when people change their names", async (t) => {
      const { ask, tokens } = await administration(t, database);
      const rc = tokens.administrator;
      const resolve = async (route: string, ...rcExtensionList: object[]) =>
        listed(await ask(`POST /admin/${route}`, { rc, body: { rcExtensionList } }));
      await resolve("userMapping", extension(11, { email: ANN.email }));
      assert.deepEqual((await ask("GET /admin/settings", { rc })).json["userMappings"], [
        { crmUserId: "1", rcExtensionId: "11" },
      ]);
      const renamed = extension(11, { name: BEN.name, email: BEN.email });
      const other = extension(12, { email: ANN.email });
      const rcUser = { extensionId: "11", name: BEN.name, email: BEN.email, extensionNumber: "101" };
      assert.deepEqual(await resolve("userMapping", renamed, other), [{ crmUser: ANN, rcUser }, { crmUser: BEN }]);
      assert.deepEqual(await resolve("reinitializeUserMapping", renamed, other), [
        { crmUser: ANN, rcUser: { extensionId: "12", email: ANN.email, extensionNumber: "101" } },
        { crmUser: BEN, rcUser },
      ]);
    });

    test("an administrator's word goes before any match, also that somebody has no extension", async (t) => {
      const { ask, tokens } = await administration(t, database);
      const rc = tokens.administrator;
      const userMappings = [
        { crmUserId: 1, rcExtensionId: "none" },
        { crmUserId: "2", rcExtensionId: [11, "12"] },
      ];
      assert.equal((await ask("POST /admin/settings", { rc, body: { adminSettings: { userMappings } } })).status, 200);
      const body = { rcExtensionList: [extension(11, { email: ANN.email }), extension(12, {}), extension(13, {})] };
      const mapped = listed(await ask("POST /admin/userMapping", { rc, body }));
      const rcUser = [
        { extensionId: "11", email: ANN.email, extensionNumber: "101" },
        { extensionId: "12", extensionNumber: "101" },
      ];
      assert.deepEqual(mapped, [{ crmUser: ANN }, { crmUser: BEN, rcUser }]);
      const kept = [
        { crmUserId: "1", rcExtensionId: "none" },
        { crmUserId: "2", rcExtensionId: ["11", "12"] },
      ];
      assert.deepEqual((await ask("GET /admin/settings", { rc })).json["userMappings"], kept);
    });

    test("clients that send their tokens in headers get lists throughout", async (t) => {
      const { ask, tokens } = await administration(t, database);
      const headers = { "x-rc-access-token": tokens.administrator };
      const body = { rcExtensionList: [extension(11, { email: ANN.email })] };
      assert.deepEqual(listed(await ask("POST /admin/userMapping", { headers, body })), [
        { crmUser: ANN, rcUser: [{ extensionId: "11", email: ANN.email, extensionNumber: "101" }] },
        { crmUser: BEN, rcUser: [] },
      ]);
      assert.deepEqual((await ask("GET /admin/settings", { headers })).json["userMappings"], [
        { crmUserId: "1", rcExtensionId: ["11"] },
      ]);
    });

    test("two administrators who ask at the same moment find the same", async (t) => {
      const { ask, tokens } = await administration(t, database);
      const rcExtensionList = Array.from({ length: 1_200 }, (_, at) =>
        extension(at + 1, { email: `x${at}@acme.example` }),
      );
      rcExtensionList.push(extension(5_000, { email: ANN.email }));
      const asked = await Promise.all(
        Array.from({ length: 5 }, () =>
          ask("POST /admin/userMapping", { rc: tokens.administrator, body: { rcExtensionList } }),
        ),
      );
      assert.equal(new Set(asked.map((answer) => JSON.stringify(listed(answer)))).size, 1);
      assert.deepEqual((await ask("GET /admin/settings", { rc: tokens.administrator })).json["userMappings"], [
        { crmUserId: "1", rcExtensionId: "5000" },
      ]);
    });
  });
}

const [sqlite] = await testDatabases();

void suite("user mapping and the CRM", () => {
  test("users without an e-mail address or a name are nobody's match", async (t) => {
    assert.ok(sqlite);
    const nameless: CrmUserReference[] = [
      { id: "1", name: "" },
      { id: "2", name: " ", email: "" },
    ];
    const connector = defineConnector({ ...demo, getUserList: () => Promise.resolve(nameless) });
    const { ask, tokens } = await administration(t, sqlite, { connectors: [connector] });
    const body = { rcExtensionList: [extension(11, {}), extension(12, { name: "", email: "" }), { id: 13 }] };
    const mapped = listed(await ask("POST /admin/userMapping", { rc: tokens.administrator, body }));
    assert.deepEqual(mapped, [{ crmUser: { id: "1", name: "" } }, { crmUser: { id: "2", name: " ", email: "" } }]);
    assert.deepEqual((await ask("GET /admin/settings", { rc: tokens.administrator })).json["userMappings"], []);
  });

  test("a CRM that does not tell its users, or fails to, is named in a sentence, and nothing is stored", async (t) => {
    assert.ok(sqlite);
    const { getUserList: _, ...others } = demo;
    const mute = await administration(t, sqlite, { connectors: [defineConnector(others)] });
    const body = { rcExtensionList: [extension(11, { email: ANN.email })] };
    const refused = await mute.ask("POST /admin/userMapping", { rc: mute.tokens.administrator, body });
    assert.deepEqual([refused.status, /Demo CRM does not tell/.test(refused.text)], [400, true]);

    const { ask, running, tokens } = await administration(t, sqlite);
    const rc = tokens.administrator;
    await ask("POST /admin/userMapping", { rc, body });
    await setFaults(running, { match: "GET /api/users", kind: "500", times: 10 });
    const failed = await ask("POST /admin/reinitializeUserMapping", { rc, body: { rcExtensionList: [] } });
    assert.equal(failed.status, 400);
    assert.match(failed.text, /^Demo CRM answered with an error/);
    assert.deepEqual((await ask("GET /admin/settings", { rc })).json["userMappings"], [
      { crmUserId: "1", rcExtensionId: "11" },
    ]);
  });
});
