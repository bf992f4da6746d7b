/** Administrators fill in the login form for their company: who is logged in with it, who is not, and that no value comes back. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { appConnectDocument } from "../contract/app-connect-document.ts";
import { rowsOf, wholeDatabase } from "../operators/whole-database.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { workplace } from "../support/processes.ts";
import { runTrunkline, type WireAnswer } from "../support/trunkline.ts";
import { type Administration, administration } from "./administration.ts";
import { type Handed, KEY, logInManaged, managedDemo, SERVICE_KEY } from "./managed-login.ts";

const ROUTE = "/admin/managedAuth";
const STATE = "GET /apiKeyManagedAuthState";
const platform = "platform=demo";

/** Bob's key is that of the seeded Ann in the Demo CRM. */
async function filledIn(
  t: TestContext,
  database: TestDatabase,
  { key = "demo-key", environment = {} }: { key?: string; environment?: Record<string, string> } = {},
) {
  const handed: Handed[] = [];
  const there = await administration(t, database, { connectors: [managedDemo(handed)], environment });
  const filling = (body: object) => there.ask(`POST ${ROUTE}`, { rc: there.tokens.administrator, body });
  const bob = String(there.bob.id);
  await accepted(filling({ scope: "org", values: { serviceKey: "demo-key-2" } }));
  await accepted(filling({ scope: "user", rcExtensionId: bob, rcUserName: "Bob Agent", values: { apiKey: key } }));
  const state = async (rc: string) => (await there.ask(STATE, { jwt: "", rc, query: platform })).json;
  return { ...there, handed, filling, bob, state };
}

async function accepted(answer: Promise<WireAnswer>): Promise<void> {
  const { status, text } = await answer;
  assert.deepEqual([status, text], [200, "Shared authentication updated"]);
}

const session = ({ json }: WireAnswer) => typeof json["jwtToken"] === "string";

for (const database of await testDatabases()) {
  void suite(`managed login on ${database.name}`, { skip: database.skip }, () => {
    test("a person of the account is logged in without typing anything, with nothing but what the form names", async (t) => {
      const there = await filledIn(t, database);
      assert.deepEqual(await there.state(there.tokens.agent), {
        hasManagedAuth: true,
        allRequiredFieldsSatisfied: true,
        visibleFieldConsts: [],
        missingRequiredFieldConsts: [],
        fallbackToManualAuth: false,
      });
      there.handed.length = 0;
      const answer = await logInManaged(there, {
        rc: there.tokens.agent,
        apiKey: "typed by Bob",
        additionalInfo: { colour: "blue", serviceKey: "mine", apiUrl: "https://elsewhere.example", other: "x" },
        hostname: "localhost",
        rcAccountId: there.otherAccountHash,
      });
      assert.ok(session(answer), answer.text);
      assert.deepEqual(there.handed, [
        { apiKey: "demo-key", additionalInfo: { apiKey: "demo-key", colour: "blue", serviceKey: "demo-key-2" } },
      ]);
      const [user] = await rowsOf(there.databaseUrl, "select rc_account_id from users where crm_user_id = '1'");
      assert.equal(user?.["rc_account_id"], there.accountHash);
      const elsewhere = await logInManaged(there, { rc: there.tokens.agent, hostname: "elsewhere.example" });
      assert.deepEqual([elsewhere.status, elsewhere.text], [400, "hostname is not an address of Demo CRM."]);
      assert.equal(there.handed.length, 1);
    });

    test("whoever does not prove to be of the account gets nothing of it, whatever account they name", async (t) => {
      const there = await filledIn(t, database);
      const { accountHash, account, tokens } = there;
      for (const rcAccountId of [accountHash, String(account.id)]) {
        for (const rc of [undefined, tokens.otherAdministrator]) {
          const answer = await logInManaged(there, { rcAccountId, ...(rc === undefined ? {} : { rc }) });
          assert.equal(answer.status, 400);
          assert.deepEqual(answer.json["missingRequiredFieldConsts"], ["apiKey"]);
        }
      }
      const worthless = await logInManaged(there, { rcAccountId: accountHash, rc: "made up" });
      assert.equal(worthless.status, 400, worthless.text);
      assert.equal((await there.ask(STATE, { jwt: "", query: platform })).status, 400);
      assert.deepEqual(await there.state(tokens.otherAdministrator), {
        hasManagedAuth: true,
        allRequiredFieldsSatisfied: false,
        visibleFieldConsts: null,
        missingRequiredFieldConsts: ["apiKey"],
        fallbackToManualAuth: false,
      });
      // What they type themselves is theirs to log in with.
      assert.ok(session(await logInManaged(there, { rc: tokens.otherAdministrator, apiKey: "demo-key" })));
      assert.ok(session(await logInManaged(there, { apiKey: "demo-key" })));
    });

    test("a colleague has what is for everybody, and types the rest", async (t) => {
      const there = await filledIn(t, database);
      const { administrator } = there.tokens;
      const { allRequiredFieldsSatisfied, visibleFieldConsts } = await there.state(administrator);
      assert.deepEqual([allRequiredFieldsSatisfied, visibleFieldConsts], [false, ["apiKey"]]);
      const missing = await logInManaged(there, { rc: administrator });
      assert.equal(missing.status, 400);
      assert.match(missing.text, /"message":"Please fill in: apiKey\."/);
      there.handed.length = 0;
      assert.ok(session(await logInManaged(there, { rc: administrator, apiKey: "demo-key" })));
      assert.equal(there.handed[0]?.additionalInfo["serviceKey"], "demo-key-2");
    });

    test("no value is ever told, stored in clear or logged", async (t) => {
      const there = await filledIn(t, database);
      const { status, json, text } = await there.ask(`GET ${ROUTE}`, { rc: there.tokens.administrator });
      assert.equal(status, 200, text);
      assert.deepEqual(json, {
        hasManagedAuth: true,
        fields: [SERVICE_KEY, KEY],
        orgFields: [SERVICE_KEY],
        userFields: [KEY],
        orgValues: { serviceKey: { hasValue: true, value: "" } },
        userValues: [
          { rcExtensionId: there.bob, rcUserName: "Bob Agent", fields: { apiKey: { hasValue: true, value: "" } } },
        ],
      });
      const kept = await rowsOf(there.databaseUrl, "select * from managed_fields");
      assert.equal(kept.length, 2);
      for (const row of kept) assert.match(String(row["field_values"]), /^v1\./);
      assert.doesNotMatch(JSON.stringify(kept), /demo-key/);
      assert.deepEqual(
        there.running.logs.filter((line) => line.includes("demo-key")),
        [],
      );
    });

    test("the company of an administrator is another one than the CRM's answer: nobody is logged in", async (t) => {
      const there = await filledIn(t, database, { key: "demo-key-2" });
      const elsewhere = await logInManaged(there, { rc: there.tokens.agent });
      assert.equal(elsewhere.status, 400);
      assert.match(elsewhere.text, /leads into another company in Demo CRM than their own/);
    });

    test("an administrator of the same account who is logged in to another company sees and changes their own alone", async (t) => {
      const there = await filledIn(t, database);
      const rc = there.tokens.administrator;
      const { orgValues, userValues } = (await there.ask(`GET ${ROUTE}`, { rc, jwt: there.crm.ben })).json;
      assert.deepEqual([orgValues, userValues], [{ serviceKey: { hasValue: false, value: "" } }, []]);
      const body = { scope: "user", rcExtensionId: there.bob, values: { apiKey: "demo-key-2" } };
      await accepted(there.ask(`POST ${ROUTE}`, { rc, jwt: there.crm.ben, body }));
      // Two companies at one host: nobody knows which one Bob means, so he is asked.
      assert.equal((await there.state(there.tokens.agent))["visibleFieldConsts"], null);
      assert.equal((await logInManaged(there, { rc: there.tokens.agent })).status, 400);
      await accepted(
        there.ask(`POST ${ROUTE}`, {
          rc,
          jwt: there.crm.ben,
          body: { ...body, values: {}, fieldsToRemove: ["apiKey"] },
        }),
      );
      assert.ok(session(await logInManaged(there, { rc: there.tokens.agent })));
    });

    test("what the CRM refused once gives way to what a person types, until it is changed or accepted", async (t) => {
      const there = await filledIn(t, database, { key: "a key of last year" });
      const { agent } = there.tokens;
      const refused = await logInManaged(there, { rc: agent, apiKey: "demo-key" });
      assert.equal(refused.status, 400);
      assert.match(refused.text, /did not accept these credentials/);
      const { fallbackToManualAuth, visibleFieldConsts } = await there.state(agent);
      assert.deepEqual([fallbackToManualAuth, visibleFieldConsts], [true, null]);
      there.handed.length = 0;
      assert.ok(session(await logInManaged(there, { rc: agent, apiKey: "demo-key" })));
      assert.deepEqual(there.handed[0], { apiKey: "demo-key", additionalInfo: { apiKey: "demo-key" } });
      await accepted(there.filling({ scope: "user", rcExtensionId: there.bob, values: { apiKey: "demo-key" } }));
      assert.equal((await there.state(agent))["fallbackToManualAuth"], false);
      assert.ok(session(await logInManaged(there, { rc: agent })));
    });

    test("a blank leaves a value as it is, removing takes it away, and others stay", async (t) => {
      const there = await filledIn(t, database);
      const rc = there.tokens.administrator;
      const has = async () => JSON.stringify((await there.ask(`GET ${ROUTE}`, { rc })).json["orgValues"]);
      await accepted(there.filling({ scope: "org", values: { serviceKey: "" }, fieldsToRemove: ["of an older form"] }));
      assert.match(await has(), /"hasValue":true/);
      await accepted(there.filling({ scope: "org", fieldsToRemove: ["serviceKey"] }));
      assert.match(await has(), /"hasValue":false/);
      assert.ok(session(await logInManaged(there, { rc: there.tokens.agent })));
    });

    test("options come from the CRM, asked with what is for everybody or with what is about to be", async (t) => {
      const there = await filledIn(t, database);
      const rc = there.tokens.administrator;
      const options = (body: object) => there.ask(`POST ${ROUTE}/options`, { jwt: "", rc, query: platform, body });
      const listed = await options({ fieldConst: "apiKey" });
      assert.deepEqual(JSON.parse(listed.text), [
        { value: "key of 1", label: "Ann Operator" },
        { value: "key of 2", label: "Ben Backup" },
      ]);
      const wrong = await options({ fieldConst: "apiKey", accountValues: { serviceKey: "wrong" } });
      assert.equal(wrong.status, 400, wrong.text);
      assert.equal((await options({ fieldConst: "apiKey" })).status, 200, "nothing of it was kept");
      assert.match((await options({ fieldConst: "colour" })).text, /^fieldConst must name a managed field/);
    });

    test("bad input is refused by name, and nothing is kept of it", async (t) => {
      const there = await filledIn(t, database);
      const before = await wholeDatabase(there.databaseUrl);
      const cases: [body: object, says: RegExp][] = [
        [{ values: {} }, /^scope is required\.$/],
        [{ scope: "user", values: { apiKey: "x" } }, /^rcExtensionId is required/],
        [{ scope: "user", rcExtensionId: "", values: { apiKey: "x" } }, /^rcExtensionId /],
        [
          { scope: "org", values: { apiKey: "x" } },
          /^values\.apiKey is not a managed field of this scope; these are: serviceKey\.$/,
        ],
        [{ scope: "org", values: { serviceKey: { a: 1 } } }, /^values\.serviceKey must be a text\.$/],
        [{ scope: "org", values: { serviceKey: "new", colour: "x" } }, /^values\.colour is not/],
      ];
      for (const [body, says] of cases) {
        const { status, text } = await there.filling(body);
        assert.equal(status, 400);
        assert.match(text, says);
      }
      assert.deepEqual(await wholeDatabase(there.databaseUrl), before);
    });

    test("a key of the database is replaced, and what was filled in opens with the new one alone", async (t) => {
      const KEYS = "TRUNKLINE_ENCRYPTION_KEYS";
      const there = await filledIn(t, database, { environment: { [KEYS]: "the old key" } });
      await there.running.close();
      const both = { ...there.environment, DATABASE_URL: there.databaseUrl, [KEYS]: "the new key,the old key" };
      const rotated = await workplace(t).trunkline(["keys", "rotate"], { environment: both }).exit;
      assert.equal(rotated.code, 0, rotated.stdout + rotated.stderr);
      const running = await runTrunkline(t, {
        folder: there.running.folder,
        connectors: [managedDemo()],
        environment: { ...there.environment, [KEYS]: "the new key" },
      });
      assert.ok(session(await logInManaged({ running }, { rc: there.tokens.agent })));
    });

    test("every answer is as the published document has it", async (t) => {
      const document = await appConnectDocument();
      if (document === undefined) return t.skip("the published document is not here");
      const there = await filledIn(t, database);
      const rc = there.tokens.administrator;
      const bare = { jwt: "", rc, query: platform };
      const problems: string[] = [];
      const check = (route: string, { headers, status, text }: WireAnswer) => {
        const [method = "", path = ""] = route.split(" ");
        const contentType = headers.get("content-type") ?? "";
        problems.push(...document.problemsOf({ method, path, status, contentType, text }));
      };
      const asked: [string, Parameters<Administration["ask"]>[1]][] = [
        [`GET ${ROUTE}`, { rc }],
        [`POST ${ROUTE}`, { rc, body: { scope: "org", values: { serviceKey: "demo-key" } } }],
        [`POST ${ROUTE}`, { rc, body: {} }],
        [`GET ${ROUTE}`, { rc: there.tokens.agent }],
        [`POST ${ROUTE}/options`, { ...bare, body: { fieldConst: "apiKey" } }],
        [`POST ${ROUTE}/options`, { ...bare, rc: there.tokens.agent, body: { fieldConst: "apiKey" } }],
        [STATE, bare],
        [STATE, { ...bare, rc: there.tokens.agent }],
        [STATE, { jwt: "", query: platform }],
      ];
      for (const [route, asking] of asked) check(route, await there.ask(route, asking));
      check("POST /apiKeyLogin", await logInManaged(there, { rc: there.tokens.agent }));
      check("POST /apiKeyLogin", await logInManaged(there, {}));
      assert.deepEqual(problems, []);
    });
  });
}
