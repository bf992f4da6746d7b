/** Faults on order, and what can be counted and set through /control. */

import assert from "node:assert/strict";
import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { test } from "node:test";

import { type RunningCrm, runCrm, send } from "./running-crm.ts";

const CONTACTS = "GET /api/contacts?limit=1";

async function order(crm: RunningCrm, ...faults: object[]): Promise<void> {
  const answer = await crm.send("PUT /control/faults", { json: faults, authorization: null });
  assert.equal(answer.status, 200, answer.text);
}

async function left(crm: RunningCrm): Promise<number[]> {
  const { faults }: { faults: { times: number }[] } = JSON.parse((await crm.send("GET /control/faults")).text);
  return faults.map(({ times }) => times);
}

async function activityCount(crm: RunningCrm): Promise<number> {
  return JSON.parse((await crm.send("GET /api/activities?limit=1000")).text).items.length;
}

test("a fault hits as often as ordered, whole path segments of its method only, then all is well", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "GET /api/contacts", kind: "500", times: 2 });
  assert.equal((await crm.send("POST /api/contacts", { json: { name: "a" } })).status, 201);
  assert.equal((await crm.send("GET /api/contacts-x")).status, 404);
  assert.equal((await crm.send("GET /api/contacts/1")).status, 500);
  assert.deepEqual(await left(crm), [1]);
  const failed = await crm.send(CONTACTS);
  assert.equal(failed.status, 500);
  assert.deepEqual(Object.keys(JSON.parse(failed.text)), ["error"]);
  assert.equal((await crm.send(CONTACTS)).status, 200);
  assert.deepEqual(await left(crm), []);
});

test("a new order replaces the old one, an empty one ends all, and one request meets one fault", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "GET /api", kind: "500", times: 1_000_000_000 });
  assert.equal((await crm.send(CONTACTS)).status, 500);
  await order(crm, { match: CONTACTS.split("?")[0] ?? "", kind: "429" }, { match: "GET /api", kind: "500" });
  assert.deepEqual([(await crm.send(CONTACTS)).status, await left(crm)], [429, [1]]);
  await order(crm);
  assert.equal((await crm.send(CONTACTS)).status, 200);
});

test("a 429 announces its wait in either dialect, in whole seconds rounded up", async (t) => {
  const crm = await runCrm(t);
  const match = "GET /api/contacts";
  await order(
    crm,
    { match, kind: "429", ms: 1500 },
    { match, kind: "429" },
    { match, kind: "429", ms: 2000, dialect: "epoch" },
  );
  const inSeconds = await crm.send(CONTACTS);
  assert.equal(inSeconds.status, 429);
  assert.deepEqual([inSeconds.headers.get("retry-after"), inSeconds.headers.get("x-ratelimit-reset")], ["2", "2"]);
  assert.equal((await crm.send(CONTACTS)).headers.get("retry-after"), "1");
  const before = Date.now();
  const asEpoch = await crm.send(CONTACTS);
  assert.equal(asEpoch.headers.get("retry-after"), "2");
  const reset = Number(asEpoch.headers.get("x-ratelimit-reset"));
  assert.ok(reset >= Math.floor(before / 1000) + 2 && reset <= Math.ceil(Date.now() / 1000) + 2);
});

test("a cut connection has done nothing", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "POST /api/activities", kind: "cut" });
  await assert.rejects(crm.send("POST /api/activities", { json: { contactId: "1" } }));
  assert.equal(await activityCount(crm), 0);
});

test("a malformed answer claims to be JSON, is not, and has done nothing", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "POST /api/activities", kind: "malformed" });
  const answer = await crm.send("POST /api/activities", { json: { contactId: "1" } });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
  assert.throws(() => JSON.parse(answer.text), SyntaxError);
  assert.equal(await activityCount(crm), 0);
});

test("delayed requests work in the end, many at once without a warning", async (t) => {
  const crm = await runCrm(t);
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  t.after(() => process.off("warning", note));
  await order(crm, { match: "POST /api/activities", kind: "delay", ms: 5, times: 30 });
  const json = { contactId: "1" };
  await Promise.all(Array.from({ length: 30 }, () => crm.send("POST /api/activities", { json })));
  assert.equal(await activityCount(crm), 30);
  assert.deepEqual(warnings, []);
});

test("a time-out after the write has done the work and keeps the caller waiting", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "POST /api/activities", kind: "timeout-after-write" });
  const pending = crm.send("POST /api/activities", { json: { contactId: "1" } }).then(
    () => "answered",
    () => "cut off",
  );
  while ((await activityCount(crm)) === 0);
  await crm.close();
  assert.equal(await pending, "cut off");
});

test("faults reach the OAuth server too", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "POST /oauth/token", kind: "500" });
  assert.equal((await crm.send("POST /oauth/token", { form: {} })).status, 500);
  assert.equal((await crm.send("POST /oauth/token", { form: {}, authorization: null })).status, 401);
});

const wrong: [faults: unknown, sentence: RegExp][] = [
  [{}, /^The body must be a list\.$/],
  [[{ kind: "cut" }], /^\[0\]\.match is required\.$/],
  [[{ match: "POST /api/activities" }], /^\[0\]\.kind is required\.$/],
  [
    [
      { match: "POST /api", kind: "cut" },
      { match: "POST /api", kind: "boom" },
    ],
    /^\[1\]\.kind must be one of 429, 500, delay/,
  ],
  [[{ match: "/api/activities", kind: "cut" }], /^\[0\]\.match must be a method and a path/],
  [[{ match: "PUT /control/faults", kind: "cut" }], /^\[0\]\.match must be a method and a path/],
  [[{ match: "GET /api", kind: "cut", times: 0 }], /^\[0\]\.times must be at least 1\.$/],
  [[{ match: "GET /api", kind: "delay", ms: "5" }], /^\[0\]\.ms must be a whole number\.$/],
  [[{ match: "GET /api", kind: "429", dialect: "days" }], /^\[0\]\.dialect must be one of seconds, epoch\.$/],
];
test("an order that makes no sense is refused by its field and leaves the earlier one in place", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "GET /api/deals", kind: "500", times: 7 });
  for (const [json, sentence] of wrong) {
    const answer = await crm.send("PUT /control/faults", { json });
    assert.equal(answer.status, 400, answer.text);
    assert.match(JSON.parse(answer.text).error, sentence);
  }
  assert.deepEqual(await left(crm), [7]);
});

test("requests are counted by route, refused and faulted ones too, and control and pages are not", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "PATCH /api/contacts", kind: "500" });
  await crm.send(CONTACTS);
  await crm.send("GET /api/contacts/1");
  await crm.send("GET /api/contacts/2", { authorization: null });
  await crm.send("PATCH /api/contacts/1", { json: {} });
  await crm.send("POST /oauth/token", { form: {} });
  await crm.send("GET /");
  assert.deepEqual((await crm.send("GET /control/requests")).json(), {
    total: 5,
    byRoute: {
      "GET /api/contacts": 1,
      "GET /api/contacts/{id}": 2,
      "PATCH /api/contacts/{id}": 1,
      "POST /oauth/token": 1,
    },
  });
  assert.deepEqual((await crm.send("DELETE /control/requests")).json(), { total: 0, byRoute: {} });
});

test("closing cuts off what is delayed or idle at once", async (t) => {
  const crm = await runCrm(t);
  await order(crm, { match: "GET /api/contacts", kind: "delay", ms: 3_600_000 });
  const idle = request(`${crm.url}/api/me`, { headers: { connection: "keep-alive" } }).end();
  idle.on("error", () => undefined);
  const delayed = crm.send(CONTACTS).then(
    () => "answered",
    () => "cut off",
  );
  while ((await left(crm)).length > 0);
  await crm.close();
  assert.equal(await delayed, "cut off");
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((network) => network?.family === "IPv4" && !network.internal)?.address;

test("another machine may use the API but not /control", { skip: !outside && "no other interface" }, async (t) => {
  const crm = await runCrm(t, { host: "0.0.0.0" });
  assert.equal((await crm.send("GET /control/faults")).status, 200);
  const fromOutside = `http://${outside ?? ""}:${new URL(crm.url).port}`;
  assert.equal((await send(fromOutside, "GET /api/me", {})).status, 200);
  for (const path of ["GET /control/faults", "POST /control/expire-tokens", "DELETE /control/requests"]) {
    assert.equal((await send(fromOutside, path, {})).status, 403);
  }
});
