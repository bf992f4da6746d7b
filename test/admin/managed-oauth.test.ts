/** A company's own OAuth client: tried by an administrator, used for their people alone, and renewed with itself. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { demo, demoOAuth } from "../../src/connectors/demo/index.ts";
import { oauth2 } from "../../src/sdk/auth.ts";
import { defineConnector } from "../../src/sdk/connector.ts";
import { appConnectDocument } from "../contract/app-connect-document.ts";
import { extensionAt, objectOf, textOf } from "../contract/extension.ts";
import { consent, control, finishLogin } from "../contract/oauth-login.ts";
import { rowsOf } from "../operators/whole-database.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { workplace } from "../support/processes.ts";
import { runTrunkline, type WireAnswer } from "../support/trunkline.ts";
import { type Administration, administration } from "./administration.ts";

const SECRET = "demo-secret";
const CACHE = "/admin/managedOAuth/cache";
const ACCOUNT = "DELETE /admin/managedOAuth/account";
const STATE = "GET /oauthManagedAuthState";
const query = "platform=demoOAuth";

/** The server's own client is none that the Demo CRM knows: who is logged in was logged in with the company's. */
const { auth } = demoOAuth;
assert.ok(auth.type === "oauth");
const foreign = defineConnector({
  ...demoOAuth,
  auth: oauth2({ ...auth, client: () => ({ id: "demo-client", secret: "the server's own" }) }),
});

async function company(t: TestContext, database: TestDatabase, environment: Record<string, string> = {}) {
  const there = await administration(t, database, { connectors: [demo, foreign], environment });
  const rc = there.tokens.administrator;
  const extension = extensionAt(there.running);
  const values = {
    clientId: "demo-client",
    clientSecret: SECRET,
    accessTokenUri: `${there.running.demoCrmUrl}/oauth/token`,
    authorizationUri: `${there.running.demoCrmUrl}/oauth/authorize`,
    scopes: ["crm"],
  };
  const cache = (more: object = {}) =>
    there.ask(`POST ${CACHE}`, { jwt: "", rc, body: { values: { ...values, ...more } } });
  const stateOf = async (token: string) => (await there.ask(STATE, { jwt: "", rc: token, query })).json;
  /** The whole login, with the state that the server hands out. */
  async function logIn(token: string): Promise<WireAnswer> {
    const { oauthValues, pendingValues } = await stateOf(token);
    const state = textOf(objectOf(pendingValues ?? oauthValues)["state"]);
    return finishLogin(extension, await consent(extension, { state }));
  }
  return { ...there, cache, extension, logIn, rc, stateOf };
}

/** It is the company's from now on. */
async function promoted(t: TestContext, database: TestDatabase, environment: Record<string, string> = {}) {
  const there = await company(t, database, environment);
  assert.equal((await there.cache()).status, 200);
  const answer = await there.logIn(there.rc);
  assert.equal(answer.json["name"], "Ann Operator", answer.text);
  return there;
}

const session = ({ json }: WireAnswer) => typeof json["jwtToken"] === "string";

for (const database of await testDatabases()) {
  void suite(`managed OAuth on ${database.name}`, { skip: database.skip }, () => {
    test("it is pending until an administrator's login succeeds with it, and then their people's", async (t) => {
      const { cache, logIn, rc, stateOf, tokens } = await company(t, database);
      assert.deepEqual(await stateOf(rc), { isAdmin: true, hasAccountOAuth: false, hasPendingOAuth: false });
      await cache();
      const nothing = { isAdmin: false, hasAccountOAuth: false, hasPendingOAuth: false };
      assert.deepEqual(await stateOf(tokens.agent), nothing);
      assert.equal((await stateOf(rc))["hasPendingOAuth"], true);
      assert.ok(session(await logIn(rc)));
      const { hasAccountOAuth, hasPendingOAuth } = await stateOf(rc);
      assert.deepEqual([hasAccountOAuth, hasPendingOAuth], [true, false]);
      assert.ok(session(await logIn(tokens.agent)));
      assert.deepEqual(await stateOf(tokens.otherAdministrator), { ...nothing, isAdmin: true });
    });

    test("a client that the CRM does not know stays pending, and may be forgotten", async (t) => {
      const { ask, cache, logIn, rc, stateOf } = await company(t, database);
      await cache({ clientSecret: "mistyped" });
      assert.equal(session(await logIn(rc)), false);
      const { hasAccountOAuth, hasPendingOAuth } = await stateOf(rc);
      assert.deepEqual([hasAccountOAuth, hasPendingOAuth], [false, true]);
      assert.equal((await ask(`DELETE ${CACHE}`, { jwt: "", rc })).json["successful"], true);
      assert.equal((await stateOf(rc))["hasPendingOAuth"], false);
    });

    test("nobody logs in with it who does not prove to be of the account, whatever account they name", async (t) => {
      const { account, accountHash, extension, tokens } = await promoted(t, database);
      const proofs = [
        `rcAccountId=${account.id}`,
        `rcAccountId=${accountHash}`,
        `rcAccessToken=${tokens.otherAdministrator}`,
      ];
      for (const proof of proofs) {
        const answer = await finishLogin(extension, await consent(extension), proof);
        assert.equal(session(answer), false, proof);
        assert.match(answer.text, /refused the login/);
      }
      const made = await finishLogin(extension, await consent(extension, { state: `${query},managed=made-up` }));
      assert.deepEqual([made.status, made.text], [400, "state has been used or is too old: please connect again."]);
      const proved = await finishLogin(extension, await consent(extension), `rcAccessToken=${tokens.agent}`);
      assert.ok(session(proved), proved.text);
    });

    test("a state is good for one login, and not for an administrator's trial by anybody else", async (t) => {
      const { cache, extension, stateOf, tokens } = await promoted(t, database);
      const { oauthValues } = await stateOf(tokens.agent);
      const state = textOf(objectOf(oauthValues)["state"]);
      const [first, second] = [await consent(extension, { state }), await consent(extension, { state })];
      await cache({ clientSecret: "mistyped, which only the administrator notices" });
      assert.ok(session(await finishLogin(extension, first)));
      assert.equal((await finishLogin(extension, second)).status, 400);
    });

    test("tokens are renewed with the client that got them, until it is removed", async (t) => {
      const { ask, extension, logIn, rc, running, stateOf, tokens } = await promoted(t, database);
      const bob = extension.as(textOf((await logIn(tokens.agent)).json["jwtToken"]));
      await control(running, "POST", "expire-tokens");
      assert.match((await bob.findContact("+16505551212")).text, /Luke Skywalker/);
      assert.equal((await ask(ACCOUNT, { jwt: "", rc, query })).json["successful"], true);
      assert.equal((await stateOf(rc))["hasAccountOAuth"], false);
      await control(running, "POST", "expire-tokens");
      const { json } = await bob.findContact("+16505550123");
      assert.match(JSON.stringify(json), /Your administrator has removed what you were connected with/);
    });

    test("the secret is never told, stored in clear or logged, and opens with a new key of the database", async (t) => {
      const KEYS = "TRUNKLINE_ENCRYPTION_KEYS";
      const there = await promoted(t, database, { [KEYS]: "the old key" });
      await there.cache();
      assert.doesNotMatch(JSON.stringify(await there.stateOf(there.rc)), /secret/i);
      const kept = await rowsOf(there.databaseUrl, "select * from managed_oauth_clients");
      assert.equal(kept.length, 2);
      assert.doesNotMatch(JSON.stringify(kept), new RegExp(SECRET));
      const told = there.running.logs.filter((line) => line.includes(SECRET) || line.includes("managed="));
      assert.deepEqual(told, []);
      await there.running.close();

      const both = { ...there.environment, DATABASE_URL: there.databaseUrl, [KEYS]: "the new key,the old key" };
      const rotated = await workplace(t).trunkline(["keys", "rotate"], { environment: both }).exit;
      assert.equal(rotated.code, 0, rotated.stdout + rotated.stderr);
      const running = await runTrunkline(t, {
        folder: there.running.folder,
        connectors: [demo, foreign],
        environment: { ...there.environment, [KEYS]: "the new key" },
      });
      const headers = { "x-rc-access-token": there.tokens.agent };
      const { json } = await running.send("GET", `/oauthManagedAuthState?${query}`, undefined, headers);
      assert.equal(json["isAdmin"], false);
    });

    test("addresses of any other host are refused, and what is missing is named", async (t) => {
      const { ask, cache, rc, running, stateOf } = await company(t, database);
      const cases: [more: object, says: RegExp][] = [
        [{ accessTokenUri: "https://elsewhere.example/token" }, /^values must hold addresses of one CRM/],
        [{ authorizationUri: "https://elsewhere.example/authorize" }, /^values must hold addresses of one CRM/],
        [{ accessTokenUri: running.demoCrmUrl.replace("//", "//me:x@") }, /^values must hold addresses of one CRM/],
        [{ accessTokenUri: "nowhere" }, /^values must hold addresses of one CRM/],
        [{ clientSecret: null }, /^values\.clientSecret is required\.$/],
        [{ clientId: 7 }, /^values\.clientId must be string\.$/],
      ];
      for (const [more, says] of cases) {
        const { status, text } = await cache(more);
        assert.equal(status, 400, text);
        assert.match(text, says);
      }
      assert.match((await ask(`POST ${CACHE}`, { jwt: "", rc, body: {} })).text, /^values is required\.$/);
      assert.equal((await stateOf(rc))["hasPendingOAuth"], false);
    });

    test("every answer is as the published document has it", async (t) => {
      const document = await appConnectDocument();
      if (document === undefined) return t.skip("the published document is not here");
      const { ask, cache, rc, tokens } = await promoted(t, database);
      const problems: string[] = [];
      const check = (route: string, { headers, status, text }: WireAnswer) => {
        const [method = "", path = ""] = route.split(" ");
        const contentType = headers.get("content-type") ?? "";
        problems.push(...document.problemsOf({ method, path, status, contentType, text }));
      };
      check(`POST ${CACHE}`, await cache());
      const asked: [string, Parameters<Administration["ask"]>[1]][] = [
        [STATE, { rc, query }],
        [STATE, { rc: tokens.agent, query }],
        [STATE, { query }],
        [`POST ${CACHE}`, { rc: tokens.agent, body: {} }],
        [`DELETE ${CACHE}`, { rc }],
        [`DELETE ${CACHE}`, { rc: tokens.agent }],
        [ACCOUNT, { rc, query }],
        [ACCOUNT, { rc: tokens.agent, query }],
      ];
      for (const [route, asking] of asked) check(route, await ask(route, { jwt: "", ...asking }));
      assert.deepEqual(problems, []);
    });
  });
}
