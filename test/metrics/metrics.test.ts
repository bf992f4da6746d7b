/** What `GET /metrics` tells of the work that was done: counted under few labels, and about nobody. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { assertOnItsWay, phoneOf } from "../ledger/call.ts";
import { testDatabases } from "../support/databases.ts";
import { logIn, runTrunkline, setFaults } from "../support/trunkline.ts";
import { scrape } from "./exposition.ts";

for (const { name, skip, environment } of await testDatabases()) {
  test(`work is counted, and what is owed is shown, on ${name}`, { skip }, async (t) => {
    const running = await runTrunkline(t, { environment: await environment(t) });
    const token = await logIn(running);
    const phone = phoneOf(running, token);
    const find = (number: string) => running.send("GET", `/contact?phoneNumber=${number}&jwtToken=${token}`);
    for (const number of ["+16505551212", "+16505551212", "+16505550000"]) await find(number);
    await setFaults(running, { match: "GET /api/contacts", kind: "429", times: 2 });
    await find("+16505550001");
    await setFaults(running);
    await phone.post("s1");
    await phone.patch("s1", { note: "second note" });
    await setFaults(running, { match: "POST /api/activities", kind: "429", times: 1_000 });
    assertOnItsWay(await phone.post("s2"));
    await running.send("GET", "/nowhere/4711");

    const { value, samples } = await scrape(running);
    const counted = (metric: string, labels: Record<string, string>) => value(`trunkline_${metric}`, labels);
    assert.equal(counted("http_requests_total", { method: "GET", route: "/contact", status: "200" }), 4);
    assert.equal(counted("http_requests_total", { method: "GET", route: "unknown", status: "404" }), 1);
    assert.equal(counted("http_request_duration_seconds_count", { method: "POST", route: "/callLog" }), 2);
    assert.equal(counted("lookups_total", { outcome: "found", source: "crm" }), 1);
    assert.equal(counted("lookups_total", { outcome: "found", source: "index" }), 1);
    assert.equal(counted("lookups_total", { outcome: "nobody", source: "crm" }), 1);
    assert.equal(counted("lookups_total", { outcome: "unknown", source: "crm" }), 1);

    const crm = { connector: "demo" };
    assert.equal(counted("crm_requests_total", { ...crm, operation: "POST /api/activities", outcome: "201" }), 1);
    assert.equal(counted("crm_requests_total", { ...crm, operation: "PATCH /api/activities/:id", outcome: "200" }), 1);
    assert.ok(counted("crm_requests_total", { ...crm, operation: "GET /api/contacts", outcome: "429" }));
    assert.equal(
      counted("crm_request_duration_seconds_count", { ...crm, operation: "PATCH /api/activities/:id" }),
      counted("crm_requests_total", { ...crm, operation: "PATCH /api/activities/:id" }),
    );

    assert.equal(counted("logs_accepted_total", { kind: "call", change: "new" }), 2);
    assert.equal(counted("logs_accepted_total", { kind: "call", change: "changed" }), 1);
    assert.equal(counted("logs_accepted_total", { kind: "message" }), 0);
    assert.equal(counted("log_attempts_total", { kind: "call", aim: "create", outcome: "written" }), 1);
    assert.equal(counted("log_attempts_total", { kind: "call", aim: "update", outcome: "written" }), 1);
    assert.ok(counted("log_attempts_total", { kind: "call", aim: "create", outcome: "pending" }));
    assert.equal(counted("log_attempts_total", { kind: "message" }), 0);

    const owed = ["pending", "sending", "uncertain", "refused"].map((state) => counted("ledger_entries", { state }));
    assert.deepEqual(owed, [1, 0, 0, 0]);
    assert.ok((counted("ledger_oldest_age_seconds", { state: "pending" }) ?? 0) > 0);
    assert.equal(counted("ledger_oldest_age_seconds", { state: "refused" }), 0);
    assert.equal(counted("connected_users", { connector: "demo" }), 1);
    assert.equal(counted("database_up", {}), 1);
    const pool = samples.filter(({ name: metric }) => metric.startsWith("trunkline_database_pool_"));
    assert.equal(pool.length, name === "PostgreSQL" ? 4 : 0);
  });
}

test("no label names a person, a number, a record or a token, and none takes many values", async (t) => {
  const running = await runTrunkline(t);
  const token = await logIn(running);
  const phone = phoneOf(running, token);
  const sessions = Array.from({ length: 12 }, (_, at) => `session-${at}-of-luke`);
  await Promise.all(sessions.map(async (sessionId) => phone.post(sessionId)));
  for (const sessionId of sessions) {
    await phone.patch(sessionId, { note: `about ${sessionId}` });
    await running.send("GET", `/${sessionId}/1?jwtToken=${token}`);
  }
  await running.send("GET", `/contact?phoneNumber=+16505551212&jwtToken=${token}`);

  const { text, samples } = await scrape(running);
  assert.doesNotMatch(text, /luke|skywalker|\bann\b|6505551212|session-|127\.0\.0\.1|localhost/i);
  assert.ok(!text.includes(token));
  const values = new Map<string, Set<string>>();
  for (const { labels } of samples) {
    for (const [label, value] of Object.entries(labels)) values.set(label, (values.get(label) ?? new Set()).add(value));
  }
  for (const [label, seen] of values) assert.ok(seen.size <= 20, `${label}: ${[...seen].join(", ")}`);
});

test("however often it is scraped, the database is asked no more than once in five seconds", async (t) => {
  const running = await runTrunkline(t);
  await Promise.all(Array.from({ length: 10 }, async () => scrape(running)));
  await scrape(running);
  const reads = running.statements.filter((statement) =>
    /^select .*count\(\*\) as "(?:entries|users)"/.test(statement),
  );
  assert.equal(reads.length, 2, reads.join("\n"));
});

test("what is owed is counted in an index, without looking through the ledger", async (t) => {
  const running = await runTrunkline(t);
  await scrape(running);
  const counting = running.statements.find((statement) => statement.includes('as "entries"')) ?? "";
  const database = new DatabaseSync(join(running.folder, "trunkline.db"));
  const values = [...counting.matchAll(/\?/g)].map(() => 1);
  const steps = database.prepare(`explain query plan ${counting}`).all(...values);
  database.close();
  const looks = steps.map(({ detail }) => String(detail)).filter((detail) => detail.includes("log_entries"));
  assert.deepEqual(looks, [
    ...["pending", "sending"].map(() => "SEARCH log_entries USING COVERING INDEX log_entries_owed (state=?)"),
    ...["uncertain", "refused"].map(() => "SEARCH log_entries USING INDEX log_entries_owed (state=?)"),
  ]);
});

test("servers side by side in one process count for themselves", async (t) => {
  const [one, other] = await Promise.all([runTrunkline(t), runTrunkline(t)]);
  await one.send("GET", "/isAlive");
  const isAlive = { route: "/isAlive" };
  assert.equal((await scrape(one)).value("trunkline_http_requests_total", isAlive), 1);
  assert.equal((await scrape(other)).value("trunkline_http_requests_total", isAlive), undefined);
});

test("with TRUNKLINE_METRICS_TOKEN only who bears it sees the figures", async (t) => {
  const running = await runTrunkline(t, { environment: { TRUNKLINE_METRICS_TOKEN: "let Prometheus in" } });
  const asked = (authorization?: string) =>
    running.send("GET", "/metrics", undefined, authorization === undefined ? {} : { authorization });
  for (const authorization of [undefined, "Bearer", "Bearer wrong", "Basic let Prometheus in", "Bearer let"]) {
    const { status, text, headers } = await asked(authorization);
    assert.equal(status, 401, authorization);
    assert.equal(headers.get("www-authenticate"), "Bearer");
    assert.match(text, /^The metrics are asked for with TRUNKLINE_METRICS_TOKEN as a Bearer token\.$/);
  }
  const { status, headers } = await asked("Bearer let Prometheus in");
  assert.equal(status, 200);
  assert.equal(headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
});
