/** Reading long times of a call log: within RingCentral's limits, going on where it was, and honest about what is missing. */

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createCallReader, type CallsRead } from "../../src/reports/call-reader.ts";
import type { TimeRange } from "../../src/reports/kept-calls.ts";
import type { FakeRingCentralOptions } from "../fake-ringcentral/fake-ringcentral.ts";
import { callingRingCentral, failureOf } from "../ringcentral/calling-ringcentral.ts";

const LOG = "GET /restapi/v1.0/account/~/call-log";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long whoever asks would wait. */
const PATIENCE = 15_000;

/** Time passes as soon as somebody has to wait for RingCentral; `stands`: not before `goOn`, and meanwhile patience ends. */
async function reading(
  t: TestContext,
  options: FakeRingCentralOptions & { stands?: boolean; mostCalls?: number } = {},
) {
  const calling = await callingRingCentral(t, options);
  const { ann, as, fake } = calling;
  /** Whole minutes. */
  const waits: number[] = [];
  const waiting = Promise.withResolvers<void>();
  const standing = Promise.withResolvers<void>();
  let stands = options.stands ?? false;
  const reader = createCallReader({
    now: fake.clock.now,
    async pause(milliseconds, off) {
      if (milliseconds === PATIENCE) return stands ? waiting.promise : new Promise(() => undefined);
      if (milliseconds > MINUTE / 2) waits.push(Math.round(milliseconds / MINUTE));
      waiting.resolve();
      if (stands) await standing.promise;
      off.throwIfAborted();
      fake.clock.advance(milliseconds);
    },
    patienceMs: PATIENCE,
    ...(options.mostCalls === undefined ? {} : { mostCalls: options.mostCalls }),
  });
  t.after(() => {
    reader.close();
    standing.resolve();
  });
  const source = { reader: "ann", scope: "account", log: as(ann).callLog } as const;
  return {
    ...calling,
    reader,
    waits,
    goOn() {
      stands = false;
      standing.resolve();
    },
    read: (range: TimeRange): Promise<CallsRead> => reader.read(source, range),
    last(milliseconds: number): TimeRange {
      const now = fake.clock.now();
      return { from: now - milliseconds, to: now };
    },
    /** One a minute, the newest a minute ago. */
    called(count: number) {
      const now = fake.clock.now();
      return Array.from({ length: count }, (_, at) => fake.state.addCall(ann, { startTime: now - (at + 1) * MINUTE }));
    },
  };
}

const sessionsOf = ({ calls }: CallsRead) => calls.map(({ sessionId }) => sessionId).toSorted();
const sessionIds = (calls: readonly { sessionId: string }[]) => calls.map(({ sessionId }) => sessionId).toSorted();

test("a range is read page by page, each call once, and nothing from outside of it", async (t) => {
  const { called, last, read, asked } = await reading(t, { largestPage: 3 });
  const calls = called(10);
  const found = await read(last(8.5 * MINUTE));
  assert.deepEqual(sessionsOf(found), sessionIds(calls.slice(0, 8)));
  assert.equal(found.problem, undefined);
  assert.equal(asked().length, 4);
});

test("another report of about the same time costs no request, and one that reaches further back reads the rest alone", async (t) => {
  const { asked, called, fake, last, read } = await reading(t);
  const calls = called(20);
  await read(last(10 * MINUTE));
  fake.clock.advance(30_000);
  asked();
  assert.equal((await read(last(5 * MINUTE))).calls.length, 4);
  assert.deepEqual(asked(), []);
  assert.deepEqual(sessionsOf(await read(last(HOUR))), sessionIds(calls));
  assert.equal(asked().length, 1);
});

test("a minute later only what may have changed is read again: new calls, later results, deletions", async (t) => {
  const { ann, asked, called, fake, read } = await reading(t, { largestPage: 50 });
  const now = fake.clock.now();
  const longAgo = Array.from({ length: 200 }, (_, at) =>
    fake.state.addCall(ann, { startTime: now - 12 * HOUR - at * MINUTE }),
  );
  const [gone, goingOn, ...others] = called(5);
  assert.ok(gone !== undefined && goingOn !== undefined);
  fake.state.change(goingOn, { result: "In Progress" });
  const range = { from: now - DAY, to: now + DAY };
  assert.equal((await read(range)).calls.length, 204);
  fake.state.calls.splice(fake.state.calls.indexOf(gone), 1);
  fake.state.change(goingOn, { result: "Missed" });
  fake.clock.advance(2 * MINUTE);
  const fresh = fake.state.addCall(ann, { startTime: fake.clock.now() });
  asked();
  const later = await read(range);
  assert.deepEqual(sessionsOf(later), sessionIds([...longAgo, goingOn, ...others, fresh]));
  assert.equal(asked().length, 1);
});

test("half of RingCentral's requests are left to others, and a 429 is waited out", async (t) => {
  const { called, last, read, waits } = await reading(t, { largestPage: 10 });
  called(120);
  assert.equal((await read(last(DAY))).calls.length, 120);
  // Twelve pages, five a minute.
  assert.deepEqual(waits, [1, 1]);

  const narrow = await reading(t, { largestPage: 10, limits: { Heavy: 2 } });
  narrow.called(45);
  assert.equal((await narrow.read(narrow.last(DAY))).calls.length, 45);
  assert.deepEqual(narrow.waits, [1, 1]);
});

test("whoever asks is told how far it is, reading goes on, and the next one is answered", async (t) => {
  const { called, goOn, last, read } = await reading(t, { largestPage: 10, stands: true });
  called(60);
  const range = last(DAY);
  const failure = await failureOf(read(range));
  assert.equal(failure.code, "ringcentral-rate-limited");
  assert.match(failure.userMessage, /^RingCentral hands out calls a few at a time: 46 have been read, back to 20\d\d-/);
  assert.ok((failure.facts.retryAfterMs ?? 0) > 0);
  goOn();
  assert.equal((await read(range)).calls.length, 60);
});

test("what was read before is told while RingCentral is away, as of when it was, but not to whom it is forbidden", async (t) => {
  const { ann, called, fake, last, read } = await reading(t);
  called(3);
  const before = await read(last(DAY));
  fake.clock.advance(5 * MINUTE);
  fake.state.addCall(ann, { startTime: fake.clock.now() });
  fake.faults.order({ match: LOG, kind: "answer", status: 503 });
  const stale = await read(last(DAY));
  assert.equal(stale.calls.length, 3);
  assert.equal(stale.asOf, before.asOf);
  assert.equal(stale.problem?.code, "ringcentral-unavailable");
  ann.isAdministrator = false;
  assert.equal((await failureOf(read(last(DAY)))).code, "ringcentral-forbids");
  ann.isAdministrator = true;
  assert.equal((await read(last(DAY))).calls.length, 4);
});

test("where nothing is known, RingCentral's failure is the answer", async (t) => {
  const { fake, last, read } = await reading(t);
  fake.faults.order({ match: LOG, kind: "answer", status: 503 });
  assert.equal((await failureOf(read(last(DAY)))).code, "ringcentral-unavailable");
  assert.deepEqual((await read(last(DAY))).calls, []);
});

test("who asks for too much is told so, and who asks for less beside them is answered", async (t) => {
  const { called, fake, last, read } = await reading(t, { largestPage: 5, mostCalls: 20 });
  called(40);
  const [long, short] = await Promise.allSettled([read(last(DAY)), read(last(10.5 * MINUTE))]);
  assert.match(String(long.status === "rejected" && long.reason), /span more than 20 calls: choose a shorter time/);
  assert.equal(short.status === "fulfilled" && short.value.calls.length, 10);
  fake.clock.advance(2 * MINUTE);
  assert.equal((await read(last(12.5 * MINUTE))).calls.length, 10);
});

test("a day of long ago is read by itself, and never again", async (t) => {
  const { ann, asked, called, fake, read } = await reading(t, { largestPage: 10 });
  const now = fake.clock.now();
  called(100);
  const then = fake.state.addCall(ann, { startTime: now - 60 * DAY });
  const range = { from: now - 61 * DAY, to: now - 59 * DAY };
  assert.deepEqual(sessionsOf(await read(range)), [then.sessionId]);
  assert.equal(asked().length, 1);
  fake.clock.advance(5 * MINUTE);
  await read(range);
  assert.deepEqual(asked(), []);
});

test("readers are kept apart: what one may see says nothing of another", async (t) => {
  const { as, bob, called, last, reader } = await reading(t);
  called(3);
  const range = last(DAY);
  const ofBob = { reader: "bob", scope: "account", log: as(bob).callLog } as const;
  assert.equal((await failureOf(reader.read(ofBob, range))).code, "ringcentral-forbids");
});
