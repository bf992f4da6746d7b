/** The ledger in the console: lists without a word of content, and what a person may do with an entry. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import type { Connector } from "../../src/sdk/connector.ts";
import type { JsonObject } from "../../src/store/json.ts";
import { conversation, text } from "../contract/calls.ts";
import { phoneOf } from "../ledger/call.ts";
import { testDatabases, type TestDatabase } from "../support/databases.ts";
import { activitiesIn, askCrm, logIn, runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { ADMIN_ENVIRONMENT, adminOf } from "./admin.ts";

const AWAY = [
  { match: "POST /api/activities", kind: "500", times: 1000 },
  { match: "GET /api/activities", kind: "500", times: 1000 },
] as const;
const SECRET_NOTE = "a note that is nobody's business";

async function watched(t: TestContext, database: TestDatabase, connectors?: readonly Connector[]) {
  const environment = { ...ADMIN_ENVIRONMENT, ...(await database.environment(t)) };
  const running = await runTrunkline(t, { environment, ...(connectors && { connectors }) });
  const token = await logIn(running);
  return { running, token, phone: phoneOf(running, token), admin: await adminOf(running) };
}

type Watched = Awaited<ReturnType<typeof watched>>;

/** A CRM that cannot be asked for our marker. */
function withoutLooking(): Connector {
  const { findCallLog: _, ...connector } = demo;
  return connector;
}

async function createContact(running: Watched["running"]): Promise<number> {
  return Number((await askCrm(running, "POST", "/api/contacts", { name: "Wedge", phone: "+16505550199" }))["id"]);
}

for (const database of await testDatabases()) {
  await suite(`the ledger in the console on ${database.name}`, { concurrency: 4, skip: database.skip }, () => {
    test("each list shows its own, with whose it is and why it is there, and nothing private", async (t) => {
      const { running, token, phone, admin } = await watched(t, database);
      await running.send("GET", `/contact?phoneNumber=+16505551212&jwtToken=${token}`);
      await phone.post("s-written", { note: SECRET_NOTE });
      await phone.post("s-refused", { contactId: "nobody", note: SECRET_NOTE });
      const dropped = await theOne(admin.lists("entries?list=refused", "entries"));
      await admin.changes(`entries/${String(dropped["id"])}/drop`, { isConfirmed: true });
      await phone.post("s-refused-2", { contactId: "nobody" });
      await setFaults(running, { match: "POST /api/activities", kind: "429", times: 1000, ms: 60_000 });
      await phone.post("s-waiting", { note: SECRET_NOTE });
      await setFaults(running, ...AWAY);
      await running.send("POST", `/messageLog?jwtToken=${token}`, conversation("c1", [text("1", SECRET_NOTE, 0)]));

      const keys: Record<string, unknown> = {};
      for (const list of ["waiting", "uncertain", "refused", "written", "dropped"]) {
        const entries = await admin.lists(`entries?list=${list}`, "entries");
        keys[list] = entries.map(({ sourceKey }) => sourceKey);
      }
      assert.deepEqual(keys, {
        waiting: ["s-waiting"],
        uncertain: ["c1/9/21/2026"],
        refused: ["s-refused-2"],
        written: ["s-written"],
        dropped: ["s-refused"],
      });
      const waiting = await theOne(admin.lists("entries?list=waiting", "entries"));
      assert.equal(waiting["lastError"], "Demo CRM asked us to slow down.");
      assert.ok(Number(waiting["nextAttemptAt"]) > Date.now());
      assert.deepEqual(waiting["links"], { contact: `${running.demoCrmUrl}/contacts/1` });
      assert.equal(waiting["crm"], "Demo CRM");

      const shown = await Promise.all(
        ["overview", "activity", "connections", "day", "search?text=s-waiting", `entries/${String(waiting["id"])}`].map(
          (path) => admin.sees(path),
        ),
      );
      const lists = await Promise.all(
        ["waiting", "uncertain", "refused", "written", "dropped"].map((list) => admin.sees(`entries?list=${list}`)),
      );
      assert.doesNotMatch(JSON.stringify([...shown, ...lists]), /nobody's business|demo-key|Basic |authorization/i);
    });

    test("what the CRM refused is written when somebody has put it right and retries", async (t) => {
      const { running, phone, admin } = await watched(t, database);
      const next = (await createContact(running)) + 1;
      await phone.post("s1", { contactId: String(next) });
      const { id } = await theOne(admin.lists("entries?list=refused", "entries"));
      assert.equal(await createContact(running), next);
      const answer = await admin.changes(`entries/${String(id)}/retry`);
      assert.equal(answer.status, 200, answer.text);
      await phone.written("s1");
      assert.deepEqual(await admin.lists("entries?list=refused", "entries"), []);
      const again = await admin.changes(`entries/${String(id)}/retry`);
      assert.deepEqual([again.status, again.text.slice(0, 29)], [409, "It is in the CRM already, as "]);
    });

    test("everything that was refused is asked for again, page by page, and once", async (t) => {
      const { phone, admin } = await watched(t, database);
      for (let at = 0; at < 3; at += 1) await phone.post(`s${at}`, { contactId: "nobody" });
      const { json } = await admin.changes("retry-refused", { before: Date.now() + 1 });
      assert.deepEqual(json, { due: 3 });
      await until(async () => ((await admin.lists("entries?list=refused", "entries")).length === 3 ? true : undefined));
      assert.deepEqual((await admin.changes("retry-refused", { before: 1 })).json, { due: 0 });
    });

    test("giving up asks for a yes; then the entry is gone from the CRM's way, and its content with it", async (t) => {
      const { running, phone, admin } = await watched(t, database);
      await phone.post("s1", { contactId: "nobody", note: SECRET_NOTE });
      const { id } = await theOne(admin.lists("entries?list=refused", "entries"));
      const unsure = await admin.changes(`entries/${String(id)}/drop`);
      assert.deepEqual([unsure.status, unsure.text], [400, "isConfirmed is required."]);
      assert.equal((await admin.changes(`entries/${String(id)}/drop`, { isConfirmed: true })).status, 200);
      const shown = await admin.changes(`entries/${String(id)}/content`);
      assert.equal(shown.text, '{"wanted":null,"written":null}');
      assert.equal((await admin.changes(`entries/${String(id)}/retry`)).status, 409);
      assert.deepEqual(await activitiesIn(running), []);
    });

    test("content is shown only to whoever asks for it, and the log remembers", async (t) => {
      const { running, phone, admin } = await watched(t, database);
      await phone.post("s1", { note: SECRET_NOTE });
      const { id } = await theOne(admin.lists("entries?list=written", "entries"));
      const { text: content } = await admin.changes(`entries/${String(id)}/content`);
      assert.match(content, new RegExp(SECRET_NOTE));
      const logged = running.logs.filter((line) => line.includes("looked at what a log says"));
      assert.equal(logged.length, 1);
      assert.match(logged.join(), new RegExp(String(id)));
      assert.doesNotMatch(running.logs.join("\n"), new RegExp(SECRET_NOTE));
      for (const path of ["content", "retry", "drop"]) {
        const body = path === "drop" ? { isConfirmed: true } : {};
        assert.notEqual((await admin.changes(`entries/no-such-entry/${path}`, body)).status, 200);
      }
    });

    test("what only a person can find out is settled by their word", async (t) => {
      const { running, phone, admin } = await watched(t, database, [withoutLooking()]);
      await setFaults(running, { match: "POST /api/activities", kind: "cut", times: 2 });
      await phone.post("there");
      await phone.post("not there");
      // As if the first request had come through in the end.
      const record = { contactId: "1", type: "call", subject: "Call", body: "", startedAt: "2026-09-21T14:13:20Z" };
      const logId = String((await askCrm(running, "POST", "/api/activities", record))["id"]);
      const waiting = await until(async () => {
        const entries = await admin.lists("entries?list=uncertain", "entries");
        return entries.filter(({ needsFinding }) => needsFinding === true).length === 2 ? entries : undefined;
      });
      const idOf = (key: string) => String(waiting.find(({ sourceKey }) => sourceKey === key)?.["id"]);
      const guessed = await admin.changes(`entries/${idOf("there")}/retry`);
      assert.deepEqual(
        [guessed.status, guessed.text.slice(0, 47)],
        [409, "It is not known whether the record was created,"],
      );
      await admin.changes(`entries/${idOf("there")}/retry`, { finding: { logId } });
      await admin.changes(`entries/${idOf("not there")}/retry`, { finding: "no record" });
      assert.equal(await phone.written("there"), logId);
      await phone.written("not there");
      assert.equal((await activitiesIn(running)).length, 2);
    });

    test("a list that is longer than a page goes on after it, in both directions of time", async (t) => {
      const { phone, admin } = await watched(t, database);
      const sessions = Array.from({ length: 30 }, (_, at) => `s${String(at).padStart(2, "0")}`);
      for (const session of sessions)
        await phone.post(session, { contactId: Number(session.slice(1)) % 2 ? "1" : "nobody" });
      for (let at = 30; at < 60; at += 1) await phone.post(`s${at}`);
      const refused = await everyPage(admin, "refused");
      assert.deepEqual(refused.pages, [15]);
      const written = await everyPage(admin, "written");
      assert.deepEqual(written.pages, [25, 20]);
      assert.deepEqual([written.keys[0], written.keys.at(-1)], ["s59", "s01"]);
      assert.equal(new Set(written.keys).size, 45);
      assert.deepEqual([refused.keys[0], refused.keys.at(-1)], ["s00", "s28"]);
    });
  });
}

async function theOne(list: Promise<JsonObject[]>): Promise<JsonObject> {
  const [one, ...others] = await list;
  assert.ok(one !== undefined && others.length === 0, `expected one, got ${JSON.stringify(others)}`);
  return one;
}

async function everyPage(admin: Awaited<ReturnType<typeof adminOf>>, list: string) {
  const pages: number[] = [];
  const keys: unknown[] = [];
  let after: unknown;
  do {
    const place = typeof after === "string" ? `&after=${encodeURIComponent(after)}` : "";
    const { entries, next } = await admin.sees(`entries?list=${list}${place}`);
    assert.ok(Array.isArray(entries));
    pages.push(entries.length);
    keys.push(...entries.map(({ sourceKey }) => sourceKey));
    after = next;
  } while (after !== undefined);
  return { pages, keys };
}
