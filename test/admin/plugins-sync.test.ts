/** Synchronous plugins: they change what a log says, see no token, and whatever they do, no log is lost. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { conversation, newCall, text } from "../contract/calls.ts";
import { textOf } from "../contract/extension.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn } from "../support/trunkline.ts";
import { type Administration, administration } from "./administration.ts";
import { objectIn, type PluginReply, samplePlugin, type SeenRequest, signed } from "./sample-plugin.ts";

const TOKEN = "RCs3cr3tToken";

async function register(there: Administration, address: string, more: object = {}): Promise<string> {
  const body = { pluginId: "shout", pluginName: "Shout", address, ...more };
  const answer = await there.ask("POST /plugin/register", { rc: there.tokens.administrator, body });
  assert.equal(answer.status, 200, answer.text);
  return String(answer.json["signingSecret"]);
}

/** Says the note in capitals. */
const shouting = ({ data }: SeenRequest): PluginReply => ({
  body: { ...data, note: textOf(data["note"]).toUpperCase() },
});

for (const database of await testDatabases()) {
  void suite(`synchronous plugins on ${database.name}`, { skip: database.skip }, () => {
    test("what a plugin makes of a call stands in the CRM; the plugin sees no token, and can tell who asks", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      plugin.does(shouting);
      const secret = await register(there, plugin.address);
      const config = { loud: { value: true } };
      await there.ask("POST /user/settings", { body: { userSettings: { plugin_shout: { value: { config } } } } });
      const link = `https://media.ringcentral.com/restapi/v1.0/account/1/recording/2?accessToken=${TOKEN}`;
      const body = newCall("shouted", {
        note: "wants a call back",
        rcAccessToken: TOKEN,
        logInfo: { recording: { link } },
      });
      const logged = await there.ask("POST /callLog", { body });
      assert.equal(logged.json["successful"], true, logged.text);
      const [record] = await activitiesIn(there.running);
      assert.match(String(record?.["body"]), /WANTS A CALL BACK/);

      const [seen] = plugin.seen;
      assert.ok(seen !== undefined);
      assert.doesNotMatch(seen.text, new RegExp(TOKEN));
      assert.deepEqual(seen.json["config"], config);
      assert.equal(objectIn(seen.data["logInfo"])["sessionId"], "shouted");
      const { "trunkline-timestamp": timestamp, "trunkline-signature": signature } = seen.headers;
      assert.equal(signature, signed(seen.text, secret, Number(timestamp))["trunkline-signature"]);

      const changed = await there.ask("PATCH /callLog", { body: { sessionId: "shouted", note: "called back" } });
      assert.equal(changed.json["updatedNote"], "CALLED BACK", changed.text);
      assert.deepEqual(
        there.running.logs.filter((line) => line.includes(secret)),
        [],
      );
    });

    test("a plugin that fails, lies, babbles, hangs or is gone loses no log, and the person is told", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      await register(there, plugin.address);
      const other = { sessionId: "somebody else's call" };
      const misdeeds: Record<string, [reply: (request: SeenRequest) => PluginReply, why: RegExp]> = {
        fails: [() => ({ status: 500 }), /^The plugin Shout answered with status 500\.$/],
        "leads elsewhere": [() => ({ status: 302 }), /status 302/],
        lies: [({ data }) => ({ body: { ...data, logInfo: other } }), /not this log/],
        "takes another contact": [({ data }) => ({ body: { ...data, contactId: "2" } }), /not this log/],
        "forgets the call": [() => ({ body: { note: "only this" } }), /not this log/],
        mistypes: [({ data }) => ({ body: { ...data, note: 7 } }), /not this log/],
        babbles: [() => ({ text: "<html>" }), /not JSON/],
        floods: [() => ({ text: JSON.stringify({ note: "x".repeat(3 * 1024 * 1024) }) }), /too much of it/],
        hangs: [() => undefined, /did not answer in time/],
      };
      for (const [sessionId, [reply, why]] of Object.entries(misdeeds)) {
        plugin.does(reply);
        await isLoggedWithout(there, sessionId, why);
      }
      await plugin.close();
      await isLoggedWithout(there, "gone", /could not be reached/);
    });

    test("plugins work one after the other, and one that fails does not keep the next from working", async (t) => {
      const there = await administration(t, database);
      const [first, broken, last] = [await samplePlugin(t), await samplePlugin(t), await samplePlugin(t)];
      const adding = (words: string) => (request: SeenRequest) => ({
        body: { ...request.data, note: `${String(request.data["note"])} ${words}` },
      });
      first.does(adding("first"));
      broken.does(() => ({ status: 503 }));
      last.does(adding("last"));
      await register(there, first.address, { pluginId: "a" });
      await register(there, broken.address, { pluginId: "b", pluginName: "Broken" });
      await register(there, last.address, { pluginId: "c" });
      const { json } = await there.ask("POST /callLog", { body: newCall("chain", { note: "we were" }) });
      const [record] = await activitiesIn(there.running);
      assert.match(String(record?.["body"]), /we were first last/);
      assert.match(JSON.stringify(json), /The plugin Broken answered with status 503/);
    });

    test("a plugin for messages changes their words, and is not asked about calls", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      await register(there, plugin.address, { supportedLogTypes: ["message"] });
      plugin.does(({ data }) => ({ body: JSON.parse(JSON.stringify(data).replaceAll("4111 1111", "(card number)")) }));
      const posted = conversation("c1", [text("1", "It is 4111 1111", 0)]);
      const logged = await there.ask("POST /messageLog", { body: posted });
      assert.deepEqual(logged.json["logIds"], ["1"], logged.text);
      await there.ask("POST /callLog", { body: newCall("untouched") });
      const bodies = (await activitiesIn(there.running)).map((activity) => String(activity["body"])).join("\n");
      assert.match(bodies, /It is \(card number\)/);
      assert.doesNotMatch(bodies, /4111/);
      assert.equal(plugin.seen.length, 1);
    });

    test("on whose behalf a service logs is neither shown to a plugin nor decided by it", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      await register(there, plugin.address);
      const assigned = { isAssignedToUser: true, adminAssignedUserToken: there.crm.ben, deals: "none" };
      plugin.does(({ data }) => ({ body: { ...data, additionalSubmission: undefined } }));
      await there.ask("POST /callLog", { body: newCall("assigned", { additionalSubmission: assigned }) });
      plugin.does(({ data }) => ({ body: { ...data, additionalSubmission: assigned } }));
      await there.ask("POST /callLog", { body: newCall("own") });
      const owners = (await activitiesIn(there.running)).map((activity) => activity["ownerId"]);
      assert.deepEqual(owners, ["2", "1"]);
      assert.doesNotMatch(plugin.seen.map((seen) => seen.text).join(), /isAssigned|adminAssigned/);
    });

    test("only users whose client names the account are concerned, and nobody once it is taken away", async (t) => {
      const there = await administration(t, database);
      const { ask, crm, accountHash, otherAccountHash, tokens } = there;
      const plugin = await samplePlugin(t);
      await register(there, plugin.address);
      const asBen = (sessionId: string) => ask("POST /callLog", { jwt: crm.ben, body: newCall(sessionId) });
      await asBen("no account");
      await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${otherAccountHash}` });
      await asBen("another account");
      assert.equal(plugin.seen.length, 0);
      await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${accountHash}` });
      await asBen("this account");
      assert.equal(plugin.seen.length, 1);
      await ask("DELETE /plugin/unregister", { rc: tokens.administrator, query: "pluginId=shout" });
      await asBen("taken away");
      assert.equal(plugin.seen.length, 1);
    });
  });
}

async function isLoggedWithout(there: Administration, sessionId: string, why: RegExp): Promise<void> {
  const { json } = await there.ask("POST /callLog", { body: newCall(sessionId, { note: `as typed: ${sessionId}` }) });
  assert.equal(json["successful"], true, JSON.stringify(json));
  const records = await activitiesIn(there.running);
  assert.equal(records.filter(({ body }) => String(body).includes(`as typed: ${sessionId}`)).length, 1, sessionId);
  const returned = objectIn(json["returnMessage"]);
  assert.equal(returned["messageType"], "warning");
  const [details] = Array.isArray(returned["details"]) ? returned["details"] : [];
  const { title, items } = objectIn(details);
  assert.equal(title, "Plugins");
  const [item] = Array.isArray(items) ? items : [];
  assert.match(String(objectIn(item)["text"]), why);
}
