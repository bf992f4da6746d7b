/** What an administrator decides for the users of one company: who may, for whom it counts, and what others are told. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { extensionAt } from "../contract/extension.ts";
import { consent } from "../contract/oauth-login.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, logIn, runTrunkline, until } from "../support/trunkline.ts";
import { administration } from "./administration.ts";

const LOCKED = { value: true, customizable: false };
const OPEN = { value: "popup", customizable: true, options: ["popup", "none"] };

for (const database of await testDatabases()) {
  void suite(`an account's settings on ${database.name}`, { skip: database.skip }, () => {
    test("an administrator's settings bind everybody of the company whose client names the account", async (t) => {
      const { ask, crm, tokens, accountHash, otherAccountHash } = await administration(t, database);
      const rc = tokens.administrator;
      await ask("POST /user/settings", {
        jwt: crm.ben,
        body: { userSettings: { autoLogCall: { value: false }, notes: { value: "none" }, own: { value: 1 } } },
      });
      assert.deepEqual((await ask("GET /admin/settings", { rc })).json, {
        userSettings: {},
        userMappings: [],
        customAdapter: null,
      });

      const saved = await ask("POST /admin/settings", {
        rc,
        body: { adminSettings: { userSettings: { autoLogCall: LOCKED, notes: OPEN, gone: { isRemoved: true } } } },
      });
      assert.deepEqual([saved.status, saved.text], [200, "Admin settings updated"]);
      assert.match(saved.headers.get("content-type") ?? "", /^text\/html/);

      const ofBen = (query: string) => ask("GET /user/settings", { jwt: crm.ben, query });
      const bound = {
        autoLogCall: LOCKED,
        notes: { value: "none", customizable: true, options: ["popup", "none"] },
        own: { value: 1 },
      };
      assert.deepEqual((await ofBen(`rcAccountId=${accountHash}`)).json, bound);
      assert.deepEqual((await ofBen("")).json, bound, "the account is remembered");
      assert.deepEqual((await ask("GET /user/settings")).json, { autoLogCall: LOCKED, notes: OPEN });

      const changed = await ask("POST /user/settings", {
        jwt: crm.ben,
        body: { userSettings: { autoLogCall: { value: false } }, settingKeysToRemove: ["own"] },
      });
      assert.deepEqual(changed.json["userSettings"], { autoLogCall: LOCKED, notes: bound.notes });
      assert.deepEqual((await ofBen(`rcAccountId=${otherAccountHash}`)).json, {
        autoLogCall: { value: false },
        notes: { value: "none" },
      });
    });

    test("saving again replaces the settings, keeps what is absent, and counts at once for everybody", async (t) => {
      const { ask, crm, tokens, accountHash } = await administration(t, database);
      const save = (adminSettings: object) =>
        ask("POST /admin/settings", { rc: tokens.administrator, body: { adminSettings } });
      const ofBen = async () =>
        (await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${accountHash}` })).json;
      await save({
        userSettings: { one: LOCKED, bare: true },
        customAdapter: { url: "https://crm.example.com/manifest.json" },
      });
      assert.deepEqual(await ofBen(), { one: LOCKED, bare: { value: true } });
      const { json } = await ask("GET /admin/settings", { rc: tokens.administrator });
      await save({ ...json, userSettings: { two: LOCKED }, adminAccessToken: "leaked", id: "somebody else's" });
      assert.deepEqual(await ofBen(), { two: LOCKED });
      const { text } = await ask("GET /admin/settings", { rc: tokens.administrator });
      assert.deepEqual(JSON.parse(text), {
        userSettings: { two: LOCKED },
        userMappings: [],
        customAdapter: { url: "https://crm.example.com/manifest.json" },
      });
      await save({ customAdapter: null });
      assert.equal((await ask("GET /admin/settings", { rc: tokens.administrator })).json["customAdapter"], null);
      assert.deepEqual(await ofBen(), { two: LOCKED });
    });

    test("what an administrator decided shapes the text in the CRM", async (t) => {
      const { ask, crm, running, tokens, accountHash } = await administration(t, database);
      await ask("POST /user/settings", {
        jwt: crm.ben,
        body: { userSettings: { addCallSessionId: { value: false } } },
      });
      await ask("POST /admin/settings", {
        rc: tokens.administrator,
        body: { adminSettings: { userSettings: { addCallSessionId: LOCKED } } },
      });
      await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${accountHash}` });
      const logged = await ask("POST /callLog", {
        jwt: crm.ben,
        body: { logInfo: { sessionId: "s-1", direction: "Inbound" }, contactId: "1", contactName: "Luke" },
      });
      assert.equal(logged.json["successful"], true, logged.text);
      const [activity] = await activitiesIn(running);
      assert.match(String(activity?.["body"]), /- Session Id: s-1/);
    });

    test("administrators of two accounts decide for their own people, in the same company of the CRM", async (t) => {
      const { ask, crm, tokens, accountHash, otherAccountHash } = await administration(t, database);
      const save = (rc: string, value: string) =>
        ask("POST /admin/settings", {
          rc,
          body: { adminSettings: { userSettings: { whose: { value, customizable: false } } } },
        });
      await save(tokens.administrator, "ours");
      await save(tokens.otherAdministrator, "theirs");
      const whose = async (rcAccountId: string) =>
        (await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${rcAccountId}` })).json["whose"];
      assert.deepEqual(await whose(accountHash), { value: "ours", customizable: false });
      assert.deepEqual(await whose(otherAccountHash), { value: "theirs", customizable: false });
      assert.deepEqual((await ask("GET /admin/settings", { rc: tokens.administrator })).json["userSettings"], {
        whose: { value: "ours", customizable: false },
      });
    });

    test("the same account decides nothing for another CRM, or another way into it", async (t) => {
      const { ask, tokens, accountHash, running } = await administration(t, database);
      await ask("POST /admin/settings", {
        rc: tokens.administrator,
        body: { adminSettings: { userSettings: { autoLogCall: LOCKED } } },
      });
      const callback = await consent(extensionAt(running));
      const login = await running.send("GET", `/oauth-callback?callbackUri=${callback}&hostname=localhost`);
      const elsewhere = String(login.json["jwtToken"]);
      const settings = await ask("GET /user/settings", { jwt: elsewhere, query: `rcAccountId=${accountHash}` });
      assert.deepEqual(settings.json, {});
    });

    test("before anybody has logged in, a client is told where the account's manifest lies, and nothing else", async (t) => {
      const { ask, account, tokens, accountHash, otherAccountHash } = await administration(t, database);
      const url = "https://crm.example.com/manifest.json";
      await ask("POST /admin/settings", {
        rc: tokens.administrator,
        body: { adminSettings: { userSettings: { autoLogCall: LOCKED }, customAdapter: { url } } },
      });
      const preload = async (query: string, headers = {}) =>
        (await ask("GET /user/preloadSettings", { jwt: "", query, headers })).json;
      const known = { customCrmManifestUrl: { url }, userSettings: { customCrmManifestUrl: { url } } };
      assert.deepEqual(await preload(`rcAccountId=${accountHash}`), known);
      assert.deepEqual(await preload(`rcAccountId=${account.id}`), known);
      assert.deepEqual(await preload("", { "x-rc-access-token": tokens.agent }), known);
      for (const query of ["", "rcAccountId=abc", `rcAccountId=${otherAccountHash}`])
        assert.deepEqual(await preload(query), { userSettings: {} });
      for (const wrong of ["javascript:alert(1)", "crm.example.com"]) {
        const refused = await ask("POST /admin/settings", {
          rc: tokens.administrator,
          body: { adminSettings: { customAdapter: { url: wrong } } },
        });
        assert.deepEqual([refused.status, /customAdapter\.url/.test(refused.text)], [400, true]);
      }
    });

    test("a newer client shows its token in place of the account", async (t) => {
      const { ask, crm, tokens, ringCentral } = await administration(t, database);
      await ask("POST /admin/settings", {
        headers: { "x-rc-access-token": tokens.administrator },
        body: { adminSettings: { userSettings: { autoLogCall: LOCKED } } },
      });
      const ofBen = (token: string) =>
        ask("GET /user/settings", { jwt: crm.ben, headers: { "x-rc-access-token": token } });
      assert.deepEqual((await ofBen(tokens.agent)).json, { autoLogCall: LOCKED });
      ringCentral.grants.expireAccessTokens();
      assert.deepEqual((await ofBen("worthless")).json, { autoLogCall: LOCKED }, "what is known serves meanwhile");
    });

    test("plugins are the administrator's, and of their fields those that are open the user's", async (t) => {
      const { ask, tokens } = await administration(t, database);
      const plugin = (config: object) => ({ plugin_x: { value: { name: "X", config } } });
      const open = { value: "a", customizable: true };
      const closed = { value: "b", customizable: false };
      await ask("POST /user/settings", {
        body: { userSettings: plugin({ open: { value: "mine" }, closed: { value: "mine" }, made: { value: "up" } }) },
      });
      await ask("POST /admin/settings", {
        rc: tokens.administrator,
        body: { adminSettings: { userSettings: plugin({ open, closed }) } },
      });
      assert.deepEqual(
        (await ask("GET /user/settings")).json,
        plugin({ open: { value: "mine", customizable: true }, closed }),
      );
    });

    test("a lock that was lifted does not live on where a client had stored what it was shown", async (t) => {
      const { ask, tokens } = await administration(t, database);
      const save = (userSettings: object) =>
        ask("POST /admin/settings", { rc: tokens.administrator, body: { adminSettings: { userSettings } } });
      await save({ autoLogCall: LOCKED });
      await ask("POST /user/settings", { body: { userSettings: (await ask("GET /user/settings")).json } });
      await save({});
      assert.deepEqual((await ask("GET /user/settings")).json, { autoLogCall: { value: true, customizable: true } });
    });

    test("another process on the same database notices what was decided", async (t) => {
      const { ask, crm, environment, running, tokens, accountHash } = await administration(t, database);
      const other = await runTrunkline(t, { environment, folder: running.folder });
      const seen = async () =>
        (await other.send("GET", `/user/settings?jwtToken=${crm.ben}&rcAccountId=${accountHash}`)).json["autoLogCall"];
      assert.equal(await seen(), undefined);
      await ask("POST /admin/settings", {
        rc: tokens.administrator,
        body: { adminSettings: { userSettings: { autoLogCall: LOCKED } } },
      });
      assert.deepEqual(await until(seen), LOCKED);
    });

    test("logging in again forgets neither the account nor its settings", async (t) => {
      const { ask, crm, running, tokens, accountHash } = await administration(t, database);
      await ask("POST /admin/settings", {
        rc: tokens.administrator,
        body: { adminSettings: { userSettings: { autoLogCall: LOCKED } } },
      });
      await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${accountHash}` });
      const again = await logIn(running, "demo-key-2");
      assert.deepEqual((await ask("GET /user/settings", { jwt: again })).json, { autoLogCall: LOCKED });
    });
  });
}
