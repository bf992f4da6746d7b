/** The client that connectors use, against a real server that misbehaves. */

import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { test, type TestContext } from "node:test";
import { Type } from "typebox";
import { Agent } from "undici";
import { announcedWait } from "../../src/sdk/crm-failure.ts";
import { type CrmClient, createCrmHttp, type CrmRequestEvent, path } from "../../src/sdk/crm-http.ts";
import { TrunklineError } from "../../src/sdk/errors.ts";

const Thing = Type.Object({ id: Type.Number() });

async function clientOf(t: TestContext, answer: RequestListener, renew?: () => Promise<string>) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  const origin = `http://127.0.0.1:${address.port}`;
  const agent = new Agent();
  const events: CrmRequestEvent[] = [];
  t.after(async () => {
    await agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const crm: CrmClient = createCrmHttp({ agent, observe: (event) => events.push(event) }).bind({
    platform: "test",
    displayName: "Test CRM",
    origins: { api: origin },
    authorization: () => Promise.resolve("Bearer old"),
    ...(renew === undefined ? {} : { renew }),
  });
  return { crm, events, origin };
}

async function failureOf(work: Promise<unknown>): Promise<TrunklineError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof TrunklineError, `expected a failure, got ${String(thrown)}`);
  return thrown;
}

const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);

test("a query is encoded, undefined members of it are left out, and the answer is checked", async (t) => {
  let asked = "";
  const { crm, events } = await clientOf(t, (request, response) => {
    asked = request.url ?? "";
    response.end('{"id":7,"more":true}');
  });
  const thing = await crm.get("/things", { query: { name: "Tom & Jerry #1", none: undefined }, as: Thing });
  assert.equal(thing.id, 7);
  assert.equal(asked, "/things?name=Tom+%26+Jerry+%231");
  assert.deepEqual(
    events.map(({ method, path: place, outcome }) => [method, place, outcome]),
    [["GET", "/things", 200]],
  );
});

test("a value cannot break out of its path segment", () => {
  assert.equal(path`/things/${"../../admin?x=1#y"}/notes`, "/things/..%2F..%2Fadmin%3Fx%3D1%23y/notes");
});

test("a path cannot lead to another host", async (t) => {
  const { crm, events } = await clientOf(t, answering(200, "{}"));
  for (const target of ["//evil.example/x", "https://evil.example/x", "/\\evil.example/x"]) {
    assert.equal((await failureOf(crm.get(target, { as: Thing }))).code, "host-not-allowed");
  }
  assert.deepEqual(events, []);
});

const statuses: [
  status: number,
  method: "get" | "post",
  code: TrunklineError["code"],
  retry: TrunklineError["retry"],
][] = [
  [400, "post", "crm-rejected", "never"],
  [401, "get", "crm-session-ended", "never"],
  [403, "get", "crm-forbids", "never"],
  [404, "get", "crm-record-missing", "never"],
  [429, "post", "crm-rate-limited", "later"],
  [500, "get", "crm-unavailable", "later"],
  [500, "post", "crm-unavailable", "reconcile"],
  [503, "post", "crm-unavailable", "later"],
  [302, "get", "crm-rejected", "never"],
];
for (const [status, method, code, retry] of statuses) {
  test(`a ${method.toUpperCase()} answered with ${status} is ${code}, to be tried again: ${retry}`, async (t) => {
    const { crm } = await clientOf(t, answering(status, '{"error":"because"}', { location: "/elsewhere" }));
    const failure = await failureOf(
      method === "get" ? crm.get("/x", { as: Thing }) : crm.post("/x", { json: {}, as: Thing }),
    );
    assert.equal(failure.code, code);
    assert.equal(failure.retry, retry);
    assert.match(failure.userMessage, /Test CRM/);
  });
}

test("success that is not JSON, of the wrong shape or too large is malformed; after a write it is to be reconciled", async (t) => {
  let body = "<html>";
  const { crm } = await clientOf(t, (_request, response) => response.end(body));
  const large = `{"id":1,"text":"${"x".repeat(9 * 1024 * 1024)}"}`;
  for (const text of ["<html>", '{"id":"seven"}', large]) {
    body = text;
    assert.equal((await failureOf(crm.get("/x", { as: Thing }))).retry, "later");
    const failure = await failureOf(crm.post("/x", { json: {}, as: Thing }));
    assert.equal(failure.code, "crm-answer-malformed");
    assert.equal(failure.retry, "reconcile");
  }
});

test("an answer cannot reach an object's prototype", async (t) => {
  const { crm } = await clientOf(t, answering(200, '{"id":1,"__proto__":{"polluted":true}}'));
  const thing = await crm.get("/x", { as: Type.Object({ id: Type.Number() }, { additionalProperties: true }) });
  assert.equal(Reflect.get(thing, "polluted"), undefined);
});

test("a CRM that is not there was never written to; a connection cut after the request may have been", async (t) => {
  const { crm } = await clientOf(t, (request) => request.socket.destroy());
  const cut = await failureOf(crm.post("/x", { json: {}, as: Thing }));
  assert.equal(cut.code, "crm-answer-lost");
  assert.equal(cut.retry, "reconcile");
  assert.equal((await failureOf(crm.get("/x", { as: Thing }))).retry, "later");

  const agent = new Agent();
  t.after(() => agent.destroy());
  const nowhere = createCrmHttp({ agent, observe: () => undefined }).bind({
    platform: "test",
    displayName: "Test CRM",
    origins: { api: "http://127.0.0.1:1" },
    authorization: () => Promise.resolve("Bearer x"),
  });
  const unreachable = await failureOf(nowhere.post("/x", { json: {}, as: Thing }));
  assert.equal(unreachable.code, "crm-unreachable");
  assert.equal(unreachable.retry, "later");
});

test("a refused login is renewed once and the request repeated", async (t) => {
  const seen: string[] = [];
  const { crm } = await clientOf(
    t,
    (request, response) => {
      const { authorization = "" } = request.headers;
      seen.push(authorization);
      response.writeHead(authorization === "Bearer new" ? 200 : 401).end('{"id":1}');
    },
    () => Promise.resolve("Bearer new"),
  );
  assert.equal((await crm.post("/x", { json: {}, as: Thing })).id, 1);
  assert.deepEqual(seen, ["Bearer old", "Bearer new"]);
});

test("an upload goes where it is sent, without credentials", async (t) => {
  let seen: unknown;
  const { crm, origin } = await clientOf(t, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      seen = [request.headers.authorization, request.headers["x-signed"], Buffer.concat(chunks).toString()];
      response.end();
    });
  });
  await crm.upload(`${origin}/bucket/file?sig=1`, { bytes: Buffer.from("fax"), headers: { "x-signed": "yes" } });
  assert.deepEqual(seen, [undefined, "yes", "fax"]);
});

const waits: [name: string, headers: Record<string, string>, expected: number | undefined][] = [
  ["seconds", { "retry-after": "3" }, 3_000],
  ["an HTTP date", { "retry-after": new Date(1_000_000_005_000).toUTCString() }, 5_000],
  ["seconds left", { "x-ratelimit-reset": "2" }, 2_000],
  ["a unix time", { "x-ratelimit-reset": "1000000007" }, 7_000],
  ["the longer of two", { "retry-after": "1", "x-ratelimit-reset": "1000000009" }, 9_000],
  ["never more than a day", { "retry-after": "99999999" }, 24 * 60 * 60 * 1000],
  ["nothing", {}, undefined],
  ["nonsense", { "retry-after": "soon" }, undefined],
];
for (const [name, headers, expected] of waits) {
  test(`a wait is announced as ${name}`, () => assert.equal(announcedWait(headers, 1_000_000_000_000), expected));
}
