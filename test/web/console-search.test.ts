/** The search of the console: from a number in any spelling, or an id, to the whole path of a call. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { conversation, LUKES_NUMBER, text } from "../contract/calls.ts";
import { phoneOf } from "../ledger/call.ts";
import { testDatabases, type TestDatabase } from "../support/databases.ts";
import { logIn, runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { ADMIN_ENVIRONMENT, adminOf } from "./admin.ts";

async function watched(t: TestContext, database: TestDatabase) {
  const environment = { ...ADMIN_ENVIRONMENT, ...(await database.environment(t)) };
  const running = await runTrunkline(t, { environment });
  const token = await logIn(running);
  const admin = await adminOf(running);
  return {
    running,
    token,
    phone: phoneOf(running, token),
    admin,
    lookUp: (number: string) =>
      running.send("GET", `/contact?phoneNumber=${number}&isForceRefreshAccountData=false&jwtToken=${token}`),
    search: (words: string) => admin.sees(`search?text=${encodeURIComponent(words)}`),
  };
}

for (const database of await testDatabases()) {
  await suite(`the console's search on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("a number is found however it is written, with who asked and which spelling matched", async (t) => {
      const { phone, lookUp, search, admin, token, running } = await watched(t, database);
      await lookUp(LUKES_NUMBER);
      await lookUp("+16505550000");
      await phone.post("s1");
      await running.send("POST", `/messageLog?jwtToken=${token}`, conversation("c1", [text("1", "Hello", 0)]));
      // What happened is written down a moment later.
      await until(async () => {
        const { lookUps, entries } = await search(LUKES_NUMBER);
        return objectsIn(lookUps).length > 0 && keysIn(entries).length === 2 ? true : undefined;
      });
      for (const written of ["+16505551212", "(650) 555-1212", "650.555.1212", "1 650 555 1212", "001 6505551212"]) {
        const { numbers, entries, lookUps } = await search(written);
        assert.deepEqual(numbers, ["+16505551212"], written);
        assert.deepEqual(keysIn(entries), ["c1/9/21/2026", "s1"], written);
        const [asked] = objectsIn(lookUps);
        assert.deepEqual(
          { ...asked, at: undefined },
          {
            at: undefined,
            who: "Ann Operator",
            crm: "Demo CRM",
            number: "+16505551212",
            outcome: "known",
            from: "CRM",
            contacts: [{ id: "1", name: "Luke Skywalker", phone: "(650) 555-1212" }],
          },
        );
      }
      const nobody = await search("+1 650 555 0000");
      assert.deepEqual([nobody["entries"], objectsIn(nobody["lookUps"])[0]?.["contacts"]], [[], []]);
      assert.deepEqual((await search("+49 30 1234567"))["lookUps"], []);
      const german = await admin.sees(`search?text=${encodeURIComponent("030 1234567")}&country=DE`);
      assert.ok(
        Array.isArray(german["readAs"]) && german["readAs"].includes("+49301234567"),
        german["readAs"]?.toString(),
      );
    });

    test("a call is found by its session, a conversation by its id alone, a log on its way by the id that users see", async (t) => {
      const { running, token, phone, search } = await watched(t, database);
      const today = new Date();
      const day = `${today.getUTCMonth() + 1}/${today.getUTCDate()}/${today.getUTCFullYear()}`;
      const logInfo = { conversationLogId: `731/${day}` };
      const posted = conversation("731", [text("1", "Hello", 0)], { logInfo });
      await running.send("POST", `/messageLog?jwtToken=${token}`, posted);
      await setFaults(running, { match: "POST /api/activities", kind: "429", times: 1000, ms: 60_000 });
      const { logId } = (await phone.post("a-session")).json;
      assert.deepEqual(keysIn((await search("a-session"))["entries"]), ["a-session"]);
      assert.deepEqual(keysIn((await search("731"))["entries"]), [`731/${day}`]);
      assert.deepEqual(keysIn((await search(String(logId)))["entries"]), ["a-session"]);
      assert.deepEqual(keysIn((await search("a-sess"))["entries"]), []);
    });

    test("the path tells all in order: who asked, what matched, what was accepted, each attempt, and how it stands", async (t) => {
      const { running, phone, lookUp, search, admin } = await watched(t, database);
      await lookUp(LUKES_NUMBER);
      await setFaults(running, { match: "POST /api/activities", kind: "429", times: 1, ms: 1_000 });
      await phone.post("s1");
      await setFaults(running);
      await phone.written("s1");
      await phone.patch("s1", { note: "changed" });
      const [entry] = objectsIn((await search("s1"))["entries"]);
      const path = await until(async () => {
        const seen = await admin.sees(`entries/${String(entry?.["id"])}`);
        const steps = objectsIn(objectIn(seen["path"])["steps"]);
        return steps.length === 6 ? { seen, steps } : undefined;
      });
      assert.deepEqual(
        path.steps.map((step) => {
          const facts = objectIn(step["facts"]);
          return [step["what"], facts["aim"] ?? facts["from"] ?? "", facts["state"] ?? facts["version"] ?? ""];
        }),
        [
          ["number looked up", "CRM", ""],
          ["log accepted", "", 1],
          ["log attempted", "create", "pending"],
          ["log attempted", "create", "written"],
          ["log accepted", "", 2],
          ["log attempted", "update", "written"],
        ],
      );
      assert.equal(objectIn(path.steps[2]?.["facts"])["reason"], "Demo CRM asked us to slow down.");
      assert.equal(objectIn(path.seen["entry"])["state"], "written");
      assert.equal(objectIn(path.seen["path"])["isWhole"], true);
    });

    test("another user's call of the same session has a path of its own", async (t) => {
      const { running, phone, search, admin } = await watched(t, database);
      const bob = phoneOf(running, await logIn(running, "demo-key-2"));
      await phone.post("shared");
      await bob.post("shared");
      const entries = objectsIn((await search("shared"))["entries"]);
      assert.equal(entries.length, 2);
      for (const { id } of entries) {
        const steps = await until(async () => {
          const seen = objectsIn(objectIn((await admin.sees(`entries/${String(id)}`))["path"])["steps"]);
          return seen.length > 1 ? seen : undefined;
        });
        assert.deepEqual(new Set(steps.map(({ entryId }) => entryId)), new Set([id]));
      }
    });
  });
}

function objectsIn(value: unknown): JsonObject[] {
  assert.ok(Array.isArray(value));
  return value.map(objectIn);
}

function objectIn(value: unknown): JsonObject {
  assert.ok(isJsonObject(value), JSON.stringify(value));
  return value;
}

function keysIn(entries: unknown): string[] {
  const keys = objectsIn(entries).map(({ sourceKey }) => String(sourceKey));
  return keys.toSorted((one, other) => one.localeCompare(other));
}
