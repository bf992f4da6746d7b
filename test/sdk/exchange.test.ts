/** One request and its answer, against a server that takes its time. */

import assert from "node:assert/strict";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { test, type TestContext } from "node:test";
import { Agent } from "undici";
import { readAnswer } from "../../src/sdk/answer-body.ts";
import { exchange, OverdueError } from "../../src/sdk/exchange.ts";

async function asking(t: TestContext, answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  const agent = new Agent({ connections: 1 });
  t.after(async () => {
    await agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${address.port}`;
  return (path: string, totalMs: number) =>
    exchange(agent, {
      origin,
      path,
      method: "POST",
      headers: {},
      body: "{}",
      responseMs: 60_000,
      totalMs,
      bodyBytes: 100,
    });
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

test("what was given up while it waited for a connection never leaves", async (t) => {
  const held: ServerResponse[] = [];
  const seen: (string | undefined)[] = [];
  let arrived: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (arrived = resolve));
  const ask = await asking(t, (request, response) => {
    seen.push(request.url);
    if (request.url === "/first") held.push(response);
    else response.end("{}");
    arrived();
  });
  const before = ask("/first", 60_000);
  await first;
  const given = await failureOf(ask("/second", 1));
  assert.ok(given instanceof OverdueError);
  assert.equal(given.code, "ERR_NEVER_SENT");
  for (const response of held) response.end("{}");
  await before;
  await ask("/third", 60_000);
  assert.deepEqual(seen, ["/first", "/third"]);
});

test("an answer that does not end in time is given up, and what was sent may have been done", async (t) => {
  const ask = await asking(t, (_request, response) => void response.writeHead(200).write("{"));
  const given = await failureOf(ask("/slow", 50));
  assert.ok(given instanceof OverdueError);
  assert.equal(given.code, "ERR_OVERDUE");
});

test("an answer that is too long is not kept, and the next request goes on", async (t) => {
  const ask = await asking(t, (request, response) => {
    response.end(request.url === "/long" ? `"${"x".repeat(100_000)}"` : '{"a":1}');
  });
  assert.equal((await ask("/long", 60_000)).body, undefined);
  assert.equal((await ask("/short", 60_000)).body?.toString(), '{"a":1}');
});

const bodies: [text: string, expected: unknown][] = [
  ['{"__proto__":{"polluted":true},"a":1}', { a: 1 }],
  [String.raw`{"\u005f_proto__":{"polluted":true},"a":1}`, { a: 1 }],
  [String.raw`{"__\u0070roto__":{"polluted":true},"a":1}`, { a: 1 }],
  [String.raw`{"a":"\u0070 and __proto__"}`, { a: "p and __proto__" }],
];
for (const [text, expected] of bodies) {
  test(`no member is named __proto__ in what is read from ${text}`, () => {
    assert.deepEqual(readAnswer(Buffer.from(text)), { kind: "json", value: expected });
  });
}
