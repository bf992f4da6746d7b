/** What the console says unasked: what is held up and why, how connections are, the last day, and that something has happened. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { LUKES_NUMBER } from "../contract/calls.ts";
import { phoneOf } from "../ledger/call.ts";
import { testDatabases, type TestDatabase } from "../support/databases.ts";
import { logIn, type Running, runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { type Admin, ADMIN_ENVIRONMENT, adminOf } from "./admin.ts";

const DOWN = ["GET", "POST", "PATCH"].map((method) => ({ match: `${method} /api`, kind: "500", times: 1000 }) as const);

async function watched(t: TestContext, database?: TestDatabase) {
  const environment = { ...ADMIN_ENVIRONMENT, ...(await database?.environment(t)) };
  const running = await runTrunkline(t, { environment });
  const token = await logIn(running);
  return { running, token, phone: phoneOf(running, token), admin: await adminOf(running) };
}

for (const database of await testDatabases()) {
  await suite(`watching over ${database.name}`, { concurrency: 4, skip: database.skip }, () => {
    test("each cause is told once, with what it holds up, what the CRM said and what to do", async (t) => {
      const { running, phone, admin } = await watched(t, database);
      assert.deepEqual((await admin.sees("overview"))["issues"], []);
      await phone.post("r1", { contactId: "nobody" });
      await phone.post("r2", { contactId: "nobody" });
      await setFaults(running, ...DOWN);
      await phone.post("u1");
      await phone.post("u2");
      // A worker that looks just now is at one of them: for a moment it is not counted as uncertain.
      const { issues, open, connections } = await until(async () => {
        const seen = await admin.sees("overview");
        return Reflect.get(Object(seen["open"]), "uncertain") === 2 ? seen : undefined;
      });
      assert.deepEqual(
        objectsIn(issues).map(({ cause, sentence, entries, list }) => ({ cause, sentence, entries, list })),
        [
          { cause: "refused", sentence: "Demo CRM did not take 2 logs.", entries: 2, list: "refused" },
          {
            cause: "unreachable",
            sentence: "Demo CRM does not answer as it should. 2 logs wait for it.",
            entries: 2,
            list: "uncertain",
          },
        ],
      );
      assert.match(String(objectsIn(issues)[0]?.["said"]), /names no contact/);
      assert.deepEqual(
        { ...objectIn(open), countedUpTo: undefined },
        { waiting: 0, uncertain: 2, refused: 2, countedUpTo: undefined },
      );
      assert.deepEqual(connections, { connected: 1, loggedOut: 0 });
    });

    test("a connection is well while it works, held up while its CRM is away, and well again", async (t) => {
      const { running, token, admin } = await watched(t, database);
      const lookUp = (number: string) => running.send("GET", `/contact?phoneNumber=${number}&jwtToken=${token}`);
      assert.deepEqual(await stateOf(admin, "well"), { issues: [], hasWorked: false });
      await lookUp(LUKES_NUMBER);
      await until(async () => (await stateOf(admin, "well")).hasWorked || undefined);
      await setFaults(running, ...DOWN);
      await lookUp("+16505551213");
      assert.deepEqual(await stateOf(admin, "held up"), { issues: ["unreachable"], hasWorked: true });
      await setFaults(running);
      await lookUp("+16505551214");
      assert.deepEqual(await stateOf(admin, "well"), { issues: [], hasWorked: true });
    });

    test("whoever logs out with logs waiting is held up until they are back", async (t) => {
      const { running, token, phone, admin } = await watched(t, database);
      await setFaults(running, { match: "POST /api/activities", kind: "429", times: 1000, ms: 60_000 });
      await phone.post("s1");
      await running.send("POST", `/unAuthorize?jwtToken=${token}`);
      assert.deepEqual(await stateOf(admin, "held up"), { issues: ["login"], hasWorked: false });
      const [page] = await admin.lists("connections?heldUp=true", "connections");
      assert.match(
        String(objectsIn(page?.["issues"])[0]?.["sentence"]),
        /^Ann Operator's login at Demo CRM has ended\. 1 log waits for it\.$/,
      );
    });

    test("everybody is listed by name, page by page, and found by a part of it", async (t) => {
      const { running, admin } = await watched(t, database);
      await logIn(running, "demo-key-2");
      const all = await admin.lists("connections", "connections");
      assert.deepEqual(
        all.map(({ name }) => name),
        ["Ann Operator", "Ben Backup"],
      );
      assert.deepEqual(
        (await admin.lists("connections?text=aNN", "connections")).map(({ name }) => name),
        ["Ann Operator"],
      );
      assert.deepEqual(await admin.lists("connections?text=%25", "connections"), []);
      const after = encodeURIComponent(`${String(all[0]?.["id"])} ${String(all[0]?.["name"])}`);
      assert.deepEqual(
        (await admin.lists(`connections?after=${after}`, "connections")).map(({ id }) => id),
        [all[1]?.["id"]],
      );
    });

    test("the last day has each log once by what became of it, and each request with how long it took", async (t) => {
      const { running, phone, admin } = await watched(t, database);
      await phone.post("s1");
      await phone.post("s2", { contactId: "nobody" });
      await until(async () => ((await admin.lists("activity", "steps")).length === 4 ? true : undefined));
      const day = await until(async () => {
        const seen = await admin.sees("day");
        const [traffic] = objectsIn(seen["traffic"]);
        return traffic?.["requests"] === 3 ? { traffic, logs: objectsIn(seen["logs"]) } : undefined;
      });
      assert.deepEqual(
        day.logs
          .map(({ kind, outcome, entries }) => `${String(entries)} ${String(kind)} ${String(outcome)}`)
          .toSorted(),
        ["1 call refused", "1 call written"],
      );
      const { crm, endings, operations, points } = day.traffic;
      assert.deepEqual([crm, endings], ["Demo CRM", { answered: 2, refused: 1, "slowed down": 0, failed: 0 }]);
      assert.deepEqual(
        objectsIn(operations).map(({ operation, requests }) => [operation, requests]),
        [
          ["POST /api/activities", 2],
          ["GET /api/me", 1],
        ],
      );
      const [point] = objectsIn(points);
      assert.ok(Number(point?.["p50"]) > 0 && Number(point?.["p95"]) >= Number(point?.["p50"]));
      assert.equal(
        running.logs.some((line) => line.includes("unforeseen")),
        false,
      );
    });

    test("an open page hears of the ledger's counts and that something has happened", async (t) => {
      const { running, phone, admin } = await watched(t, database);
      const heard = listening(t, running, admin);
      assert.deepEqual(await heard("open entries"), { pending: 0, sending: 0, uncertain: 0, refused: 0 });
      await phone.post("s1", { contactId: "nobody" });
      const happened = await heard("happened");
      assert.ok(Number(happened["steps"]) >= 2, JSON.stringify(happened));
      assert.deepEqual(await heard("open entries"), { pending: 0, sending: 0, uncertain: 0, refused: 1 });
      await running.close();
    });
  });
}

/** Whatever the console shows, it is found by an index: these are the tables that grow with every call. */
test("nothing that the console asks reads a whole table that grows", async (t) => {
  const { running, admin, phone } = await watched(t);
  await phone.post("s1");
  await until(async () => ((await admin.lists("activity", "steps")).length > 1 ? true : undefined));
  const [entry] = await admin.lists("entries?list=written", "entries");
  running.statements.length = 0;
  const place = encodeURIComponent(`1 ${String(entry?.["id"])}`);
  const lists = ["waiting", "uncertain", "refused", "written", "dropped"].map((list) => `entries?list=${list}`);
  const after = lists.map((list) => `${list}&after=${place}`);
  const rest = [
    "overview",
    "activity",
    "connections",
    "connections?heldUp=true",
    "day",
    "search?text=16505551212",
    `entries/${String(entry?.["id"])}`,
  ];
  for (const path of [...lists, ...after, ...rest]) await admin.sees(path);
  const heard = listening(t, running, admin);
  await heard("open entries");

  const asked = new Set(running.statements.filter((sql) => /^\s*select/i.test(sql)));
  assert.ok(asked.size > 15, String(asked.size));
  const database = new DatabaseSync(join(running.folder, "trunkline.db"), { readOnly: true });
  t.after(() => database.close());
  const scans = [...asked].flatMap((sql) => {
    const plan = database
      .prepare(`explain query plan ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
    // In the order of an index, and stopped by a limit: the newest steps, and nothing else.
    const allowed = /^SCAN trail USING INDEX trail_by_time$/;
    return plan
      .filter(
        (step) =>
          /^SCAN (?:log_entries|trail|crm_traffic)\b/.test(step) && !(allowed.test(step) && sql.endsWith(" limit ?")),
      )
      .map((step) => `${step}: ${sql}`);
  });
  assert.deepEqual(scans, []);
  assert.deepEqual(
    [...asked].filter(
      (sql) =>
        /from "(?:log_entries|trail|crm_traffic)"/.test(sql) &&
        !/ limit \?|"id" = \?|"id" in \(|next_attempt_at/.test(sql),
    ),
    [],
  );
});

/** Waits until the trail says so. */
async function stateOf(admin: Admin, state: string) {
  const connection = await until(async () => {
    const [one] = await admin.lists("connections", "connections");
    return one?.["state"] === state ? one : undefined;
  });
  const issues = objectsIn(connection["issues"]).map(({ cause }) => String(cause));
  return { issues, hasWorked: connection["lastSuccessAt"] !== undefined };
}

/** Answers the next event of a name. */
function listening(t: TestContext, running: Running, { cookie }: Admin): (event: string) => Promise<JsonObject> {
  const leaving = new AbortController();
  t.after(() => leaving.abort());
  const events: { event: string; told: JsonObject }[] = [];
  async function read(): Promise<void> {
    const { body, headers } = await fetch(`${running.url}/console/events`, {
      headers: { cookie },
      signal: leaving.signal,
    });
    assert.match(headers.get("content-type") ?? "", /^text\/event-stream/);
    assert.ok(body !== null);
    let text = "";
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (const [, event = "", told = ""] of text.matchAll(/^event: (.*)\ndata: (.*)\n\n/gm)) {
        events.push({ event, told: objectIn(JSON.parse(told)) });
      }
      text = text.slice(text.lastIndexOf("\n\n") + 2);
    }
  }
  // Ends with the test.
  read().catch(() => undefined);
  return (name) =>
    until(async () => {
      const at = events.findIndex(({ event }) => event === name);
      return at < 0 ? undefined : events.splice(at, 1)[0]?.told;
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
