/** What an answer weighs on the wire, and how much memory the server goes through for it: counted, with room, so that a change that doubles either shows. */

import assert from "node:assert/strict";
import { once } from "node:events";
import type { HeapProfiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { runTrunkline, logIn } from "../support/trunkline.ts";

/** Every so many bytes one allocation is looked at. */
const SAMPLING_BYTES = 2_048;
const WARM_UP = 300;
const MEASURED = 300;
const HUNDRED = Array.from({ length: 100 }, (_, at) => `session-${at}`).join(",");

interface Cost {
  what: string;
  /** The request with a running number, for those that must not be the same twice. */
  request(at: number): { method: "GET" | "POST"; path: string; body?: object };
  /** The whole answer, with its headers. */
  bytes: number;
  /**
   * Allocated per request, in KiB, by us, a little by the client here, and by the Demo CRM where it is asked; about six tenths
   * of it were measured.
   */
  allocatedKib: number;
}

const reading = (path: string) => () => ({ method: "GET" as const, path });
const LOGGED = { logInfo: { sessionId: "session-1", direction: "Inbound" }, contactId: "1", contactType: "person" };

const costs: readonly Cost[] = [
  { what: "a call that is logged", request: reading("/callLog?sessionIds=session-1"), bytes: 500, allocatedKib: 90 },
  { what: "a hundred calls", request: reading(`/callLog?sessionIds=${HUNDRED}`), bytes: 5200, allocatedKib: 180 },
  {
    what: "a number in the index",
    request: reading("/contact?phoneNumber=%2B16505551212"),
    bytes: 1000,
    allocatedKib: 110,
  },
  {
    what: "a number that the CRM is asked for",
    request: (at) => ({ method: "GET", path: `/contact?phoneNumber=%2B1650556${String(at).padStart(4, "0")}` }),
    bytes: 500,
    allocatedKib: 350,
  },
  {
    what: "a new call",
    request: (at) => ({
      method: "POST",
      path: "/callLog?",
      body: { ...LOGGED, logInfo: { ...LOGGED.logInfo, sessionId: `new-${at}` } },
    }),
    bytes: 500,
    allocatedKib: 450,
  },
];

test("answers are no larger and cost no more memory than is written here", async (t) => {
  const running = await runTrunkline(t, { environment: { LOG_LEVEL: "error" } });
  const token = await logIn(running);
  const socket = connect({ port: Number(new URL(running.url).port), host: "127.0.0.1" });
  await once(socket, "connect");
  t.after(() => socket.destroy());
  const logged = await running.send("POST", `/callLog?jwtToken=${token}`, LOGGED);
  assert.equal(logged.json["successful"], true, logged.text);

  for (const { what, request, bytes, allocatedKib } of costs) {
    let next = 0;
    const askNext = () => ask(socket, wireRequest(request((next += 1)), token));
    let answerBytes = 0;
    for (let at = 0; at < WARM_UP; at += 1) answerBytes = await askNext();
    const allocated = await allocatedBy(async () => {
      for (let at = 0; at < MEASURED; at += 1) await askNext();
    });
    await t.test(what, () => {
      assert.ok(answerBytes <= bytes, `${answerBytes} bytes`);
      const kib = Math.round(allocated / MEASURED / 1024);
      assert.ok(kib > 0 && kib <= allocatedKib, `${kib} KiB`);
    });
  }
});

function wireRequest({ method, path, body }: ReturnType<Cost["request"]>, token: string): string {
  const head = `${method} ${path}&jwtToken=${token} HTTP/1.1\r\nhost: trunkline\r\n`;
  if (body === undefined) return `${head}\r\n`;
  const text = JSON.stringify(body);
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** Answers the size of the whole answer, which must be a success. */
async function ask(socket: Socket, request: string): Promise<number> {
  socket.write(request);
  const parts: Buffer[] = [];
  for (;;) {
    const [part]: unknown[] = await once(socket, "data");
    assert.ok(Buffer.isBuffer(part));
    parts.push(part);
    const answer = Buffer.concat(parts);
    const head = answer.indexOf("\r\n\r\n");
    const length = /^content-length: (\d+)/im.exec(answer.subarray(0, head).toString())?.[1];
    if (head === -1 || answer.length < head + 4 + Number(length)) continue;
    assert.match(answer.subarray(0, head).toString(), /^HTTP\/1\.1 200 /);
    assert.match(answer.toString(), /"successful":true/);
    return answer.length;
  }
}

/** Bytes, whether they were freed since or not. */
async function allocatedBy(work: () => Promise<void>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("HeapProfiler.startSampling", {
      samplingInterval: SAMPLING_BYTES,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    await work();
    const { profile } = await session.post("HeapProfiler.stopSampling");
    return allocatedIn(profile.head);
  } finally {
    session.disconnect();
  }
}

function allocatedIn({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + allocatedIn(child), selfSize);
}
