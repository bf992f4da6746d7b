/** Asynchronous plugins: they get each call once it is safe, and what they answer, once and signed, becomes part of its note. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { conversation, newCall, text } from "../contract/calls.ts";
import { textOf } from "../contract/extension.ts";
import { rawDatabase, rowsOf } from "../operators/whole-database.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, askCrm, runTrunkline, until, type WireAnswer } from "../support/trunkline.ts";
import { type Administration, administration } from "./administration.ts";
import { type SamplePlugin, samplePlugin, signed } from "./sample-plugin.ts";

async function withPlugin(there: Administration, plugin: SamplePlugin): Promise<string> {
  const body = { pluginId: "summary", address: plugin.address, isAsync: true };
  const answer = await there.ask("POST /plugin/register", { rc: there.tokens.administrator, body });
  assert.equal(answer.status, 200, answer.text);
  return String(answer.json["signingSecret"]);
}

/** The path of the callback of the task that a plugin got as its nth. */
async function callbackOf(plugin: SamplePlugin, nth = 0): Promise<string> {
  const { json } = await until(() => Promise.resolve(plugin.seen[nth]));
  const { pathname } = new URL(String(json["callbackUrl"]));
  assert.equal(pathname, `/plugin/async-callback/${String(json["asyncTaskId"])}`);
  return pathname;
}

async function notesIn(there: Administration): Promise<string> {
  return (await activitiesIn(there.running)).map(({ body }) => String(body)).join("\n");
}

function statusAndWord({ status, json }: WireAnswer): unknown[] {
  return [status, json["successful"]];
}

for (const database of await testDatabases()) {
  void suite(`asynchronous plugins on ${database.name}`, { skip: database.skip }, () => {
    test("a plugin's answer is added to the note, once, whatever a person wrote before and after", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      const secret = await withPlugin(there, plugin);
      const { send } = there.running;
      const logged = await there.ask("POST /callLog", { body: newCall("s1", { note: "asked for a price" }) });
      assert.equal(logged.json["returnMessage"] !== undefined && logged.json["successful"], true, logged.text);
      const path = await callbackOf(plugin);

      const report = JSON.stringify({ successful: true, note: "Summary: sent the price list" });
      const done = await send("POST", path, report, signed(report, secret));
      assert.deepEqual([done.status, done.json], [200, { successful: true }]);
      assert.match(await notesIn(there), /asked for a price\nSummary: sent the price list/);

      const again = await send("POST", path, report, signed(report, secret));
      assert.deepEqual(statusAndWord(again), [404, false]);
      const later = JSON.stringify({ successful: true, note: "more" });
      assert.equal((await send("POST", path, later, signed(later, secret))).status, 404);
      assert.doesNotMatch(await notesIn(there), /more/);

      const edited = await there.ask("PATCH /callLog", { body: { sessionId: "s1", subject: "Price", note: "ours" } });
      assert.equal(edited.json["successful"], true, edited.text);
      assert.equal(await until(async () => ((await notesIn(there)).includes("ours") ? true : undefined)), true);
    });

    test("an answer that is not signed with the plugin's secret, or signed long ago, changes nothing", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      const secret = await withPlugin(there, plugin);
      const { send } = there.running;
      await there.ask("POST /callLog", { body: newCall("s1") });
      const path = await callbackOf(plugin);
      const report = JSON.stringify({ successful: true, note: "forged" });
      const now = Math.floor(Date.now() / 1000);
      const forgeries = [
        {},
        signed(report, "another secret"),
        signed(report, secret, now - 301),
        signed(report, secret, now + 400),
        signed(`${report} `, secret),
        { ...signed(report, secret), "trunkline-timestamp": "now" },
        { ...signed(report, secret), "trunkline-signature": "sha256=" },
      ];
      for (const headers of forgeries) {
        assert.deepEqual(statusAndWord(await send("POST", path, report, headers)), [400, false]);
      }
      assert.doesNotMatch(await notesIn(there), /forged/);
      const genuine = JSON.stringify({ successful: true, note: "real" });
      assert.equal((await send("POST", path, genuine, signed(genuine, secret))).status, 200);
      assert.match(await notesIn(there), /real/);
    });

    test("of many answers at once, one counts", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      const secret = await withPlugin(there, plugin);
      await there.ask("POST /callLog", { body: newCall("s1") });
      const path = await callbackOf(plugin);
      const answers = await Promise.all(
        ["one", "two", "three", "four"].map((note) => {
          const report = JSON.stringify({ successful: true, note: `it was ${note}` });
          return there.running.send("POST", path, report, signed(report, secret));
        }),
      );
      assert.deepEqual(answers.map(({ status }) => String(status)).toSorted(), ["200", "404", "404", "404"]);
      assert.equal((await notesIn(there)).match(/it was/g)?.length, 1);
    });

    test("a plugin that failed closes its task; expired tasks and those of plugins taken away are gone", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      const secret = await withPlugin(there, plugin);
      const { send } = there.running;
      const answered = async (path: string, report: object) => {
        const body = JSON.stringify(report);
        return (await send("POST", path, body, signed(body, secret))).status;
      };
      await there.ask("POST /callLog", { body: newCall("failed", { note: "as it was" }) });
      const failed = await callbackOf(plugin);
      assert.equal(await answered(failed, { successful: false, note: "broken", message: "no model" }), 200);
      assert.equal(await answered(failed, { successful: true, note: "after all" }), 404);
      assert.doesNotMatch(await notesIn(there), /broken|after all/);

      await there.ask("POST /callLog", { body: newCall("expired") });
      const expired = await callbackOf(plugin, 1);
      const raw = await rawDatabase(there.databaseUrl);
      await raw.rows("update plugin_tasks set expires_at = 1 where source_key = 'expired'");
      await raw.close();
      assert.equal(await answered(expired, { successful: true, note: "too late" }), 404);

      await there.ask("POST /callLog", { body: newCall("orphaned") });
      const orphaned = await callbackOf(plugin, 2);
      await there.ask("DELETE /plugin/unregister", { rc: there.tokens.administrator, query: "pluginId=summary" });
      assert.equal(await answered(orphaned, { successful: true, note: "nobody's" }), 404);
      assert.doesNotMatch(await notesIn(there), /too late|nobody's/);
    });

    test("what the CRM refuses is told to the plugin, which may report again", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      const secret = await withPlugin(there, plugin);
      const { json } = await there.ask("POST /callLog", { body: newCall("s1") });
      const path = await callbackOf(plugin);
      await askCrm(there.running, "DELETE", `/api/activities/${textOf(json["logId"])}`);
      const report = JSON.stringify({ successful: true, note: "too late for the CRM" });
      for (const _ of ["once", "again"]) {
        const refused = await there.running.send("POST", path, report, signed(report, secret));
        assert.deepEqual(statusAndWord(refused), [500, false]);
        assert.match(textOf(refused.json["message"]), /^The log could not be changed: /);
      }
    });

    test("a task outlives its plugin's outage and this server's restart, and is then handed over once", async (t) => {
      const there = await administration(t, database, { keepsDemoCrm: true });
      const plugin = await samplePlugin(t);
      plugin.does(() => ({ status: 503 }));
      const secret = await withPlugin(there, plugin);
      await there.ask("POST /callLog", { body: newCall("kept", { note: "before" }) });
      await until(() => Promise.resolve(plugin.seen[0]));
      await there.running.close();
      const [kept] = await rowsOf(there.databaseUrl, "select request from plugin_tasks");
      assert.match(String(kept?.["request"]), /^v1\./);

      plugin.does(() => ({ status: 204, text: "" }));
      const from = plugin.seen.length;
      const again = await runTrunkline(t, {
        environment: there.environment,
        folder: there.running.folder,
        keepsDemoCrm: true,
      });
      await until(() => Promise.resolve(plugin.seen[from]));
      const path = await callbackOf(plugin, from);
      const report = JSON.stringify({ successful: true, note: "after the restart" });
      const done = await again.send("POST", path, report, signed(report, secret));
      assert.equal(done.status, 200, done.text);
      const [asked] = await rowsOf(there.databaseUrl, "select request, answered_at from plugin_tasks");
      assert.equal(asked?.["request"], null);
      assert.notEqual(asked?.["answered_at"], null);
      assert.match(String((await activitiesIn(again))[0]?.["body"]), /before\nafter the restart/);
    });

    test("every new fact of a call is handed over, the same one only once", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      await withPlugin(there, plugin);
      const change = { sessionId: "s1", recordingLink: "https://recordings.example.com/1" };
      await there.ask("POST /callLog", { body: newCall("s1") });
      await there.ask("POST /callLog", { body: newCall("s1") });
      await there.ask("PATCH /callLog", { body: change });
      await there.ask("PATCH /callLog", { body: change });
      await there.ask("PATCH /callLog", { body: { ...change, sessionId: "never logged" } });
      await there.ask("POST /callLog", { body: newCall("s2") });
      await until(() => Promise.resolve(plugin.seen.length >= 3 ? true : undefined));
      const rows = await rowsOf(there.databaseUrl, "select source_key from plugin_tasks order by source_key");
      assert.deepEqual(
        rows.map((row) => row["source_key"]),
        ["s1", "s1", "s2"],
      );
    });

    test("messages are handed over as well, without a callback", async (t) => {
      const there = await administration(t, database);
      const plugin = await samplePlugin(t);
      await withPlugin(there, plugin);
      await there.ask("POST /messageLog", { body: conversation("c1", [text("1", "Hello", 0)]) });
      const { json } = await until(() => Promise.resolve(plugin.seen[0]));
      assert.deepEqual(Object.keys(json).toSorted(), ["config", "data"]);
      assert.match(JSON.stringify(json["data"]), /Hello/);
    });
  });
}
