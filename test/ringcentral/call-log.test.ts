/** RingCentral's call log: read in pages, followed with a token, and caught up with where the token serves no more. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallRecord } from "../../src/ringcentral/call-records.ts";
import type { CaughtUp } from "../../src/ringcentral/catch-up.ts";
import { allOf, callingRingCentral, codeAndRetry, failureOf } from "./calling-ringcentral.ts";

const HOUR = 3_600_000;
const ACCOUNT = "account";
const LOG = "GET /restapi/v1.0/account/~/call-log";
const SYNC = "GET /restapi/v1.0/account/~/call-log-sync";

async function sessionsOf({ records }: CaughtUp<CallRecord>): Promise<string[]> {
  return (await allOf(records)).map(({ sessionId }) => sessionId).toSorted();
}

test("a call is told with its sides, its moments, its recording and its legs", async (t) => {
  const { fake, ann, bob, as, account } = await callingRingCentral(t);
  const call = fake.state.addCall(bob, {
    outsider: { phoneNumber: "+16505551212", name: "Luke Skywalker" },
    extensionIds: [bob.id, ann.id],
    durationSeconds: 75,
    recordingId: "777",
  });
  const [record, ...others] = await allOf(as().callLog.between(ACCOUNT, call.startTime - 1, call.startTime + 1));
  assert.ok(record !== undefined && others.length === 0);
  const { legs, ...whole } = record;
  const nothing = { extensionNumber: undefined, location: undefined };
  assert.deepEqual(whole, {
    id: call.id,
    sessionId: call.sessionId,
    telephonySessionId: call.telephonySessionId,
    partyId: undefined,
    extensionId: String(bob.id),
    type: "Voice",
    direction: "Inbound",
    action: "Phone Call",
    result: "Accepted",
    startTime: call.startTime,
    durationSeconds: 75,
    from: { phoneNumber: "+16505551212", name: "Luke Skywalker", extensionId: undefined, ...nothing },
    to: { phoneNumber: bob.phoneNumber, name: "Bob Agent", extensionId: String(bob.id), ...nothing },
    recording: { id: "777", contentUri: `${fake.url}/restapi/v1.0/account/${account.id}/recording/777/content` },
    messageId: undefined,
    isDeleted: false,
  });
  assert.deepEqual(
    legs.map(({ extensionId, legType }) => [extensionId, legType]),
    [
      [String(bob.id), "Accept"],
      [String(ann.id), "TransferCall"],
    ],
  );
});

test("a day's calls come over all pages, each once, and no link of RingCentral's is followed", async (t) => {
  const { fake, bob, as, asked } = await callingRingCentral(t, { largestPage: 3 });
  const now = fake.clock.now();
  const calls = Array.from({ length: 8 }, (_, at) => fake.state.addCall(bob, { startTime: now - at * 60_000 }));
  fake.state.addCall(bob, { startTime: now - 25 * HOUR });
  const found = await allOf(as().callLog.between(ACCOUNT, now - 24 * HOUR, now));
  assert.deepEqual(
    found.map(({ sessionId }) => sessionId),
    calls.map(({ sessionId }) => sessionId),
  );
  assert.deepEqual(asked(), [LOG, LOG, LOG]);
});

test("an extension's log holds its own calls alone", async (t) => {
  const { fake, ann, bob, as } = await callingRingCentral(t);
  const now = fake.clock.now();
  fake.state.addCall(ann);
  const own = fake.state.addCall(bob);
  const found = as(bob).callLog.between({ extensionId: "~" }, now - HOUR, now + HOUR);
  assert.deepEqual(
    (await allOf(found)).map(({ sessionId }) => sessionId),
    [own.sessionId],
  );
  const foreign = as(bob).callLog.catchUp({ extensionId: String(ann.id) }, { token: undefined, since: now });
  assert.deepEqual(codeAndRetry(await failureOf(foreign)), ["ringcentral-forbids", "never"]);
});

test("the company's log takes somebody who may see it", async (t) => {
  const { bob, as, fake } = await callingRingCentral(t);
  const failure = await failureOf(as(bob).callLog.catchUp(ACCOUNT, { token: undefined, since: fake.clock.now() }));
  assert.equal(failure.code, "ringcentral-forbids");
  assert.match(failure.userMessage, /FullCompanyCallLog/);
});

test("a token brings what is new and what has changed, and nothing twice", async (t) => {
  const { fake, bob, as, asked } = await callingRingCentral(t);
  const { callLog } = as();
  const since = fake.clock.now() - HOUR;
  const first = fake.state.addCall(bob);
  const start = await callLog.catchUp(ACCOUNT, { token: undefined, since });
  assert.deepEqual([start.startedOver, await sessionsOf(start)], [true, [first.sessionId]]);
  const second = fake.state.addCall(bob);
  const next = await callLog.catchUp(ACCOUNT, { token: start.token, since: start.upTo });
  assert.deepEqual([next.startedOver, await sessionsOf(next)], [false, [second.sessionId]]);
  fake.state.change(first, { recordingId: "5" });
  const changed = await callLog.catchUp(ACCOUNT, { token: next.token, since: next.upTo });
  const [record] = await allOf(changed.records);
  assert.deepEqual([record?.sessionId, record?.recording?.id], [first.sessionId, "5"]);
  const idle = await callLog.catchUp(ACCOUNT, { token: changed.token, since: changed.upTo });
  assert.deepEqual(await sessionsOf(idle), []);
  assert.deepEqual(asked(), [SYNC, SYNC, SYNC, SYNC]);
});

test("the same token twice brings the same: what was interrupted is not lost", async (t) => {
  const { fake, bob, as } = await callingRingCentral(t);
  const { callLog } = as();
  const start = await callLog.catchUp(ACCOUNT, { token: undefined, since: fake.clock.now() });
  const call = fake.state.addCall(bob);
  const again = () => callLog.catchUp(ACCOUNT, { token: start.token, since: start.upTo });
  assert.deepEqual(await sessionsOf(await again()), [call.sessionId]);
  assert.deepEqual(await sessionsOf(await again()), [call.sessionId]);
});

test("after a reset of the log everything since the last time is read again, and calls that went on then", async (t) => {
  const { fake, bob, as, asked } = await callingRingCentral(t);
  const { callLog } = as();
  const longAgo = fake.state.addCall(bob, { startTime: fake.clock.now() - 6 * HOUR });
  const goingOn = fake.state.addCall(bob, { startTime: fake.clock.now() - HOUR });
  const start = await callLog.catchUp(ACCOUNT, { token: undefined, since: fake.clock.now() });
  asked();
  fake.state.resets += 1;
  const missed = fake.state.addCall(bob);
  const again = await callLog.catchUp(ACCOUNT, { token: start.token, since: start.upTo });
  assert.equal(again.startedOver, true);
  const found = await sessionsOf(again);
  assert.deepEqual(found, [goingOn.sessionId, missed.sessionId].toSorted());
  assert.ok(!found.includes(longAgo.sessionId));
  assert.deepEqual(asked(), [SYNC, SYNC]);
  assert.deepEqual(await sessionsOf(await callLog.catchUp(ACCOUNT, { token: again.token, since: again.upTo })), []);
});

for (const [what, token] of [
  ["is not one of RingCentral's", "made-up"],
  ["is cut off", "eyJsb2ciOiJjYWxscyJ"],
] as const) {
  test(`a token that ${what} starts over`, async (t) => {
    const { fake, bob, as } = await callingRingCentral(t);
    const call = fake.state.addCall(bob);
    const found = await as().callLog.catchUp(ACCOUNT, { token, since: call.startTime });
    assert.deepEqual([found.startedOver, await sessionsOf(found)], [true, [call.sessionId]]);
  });
}

test("more than 250 changes since the token are all read, from the log itself", async (t) => {
  const { fake, bob, as, asked } = await callingRingCentral(t, { largestPage: 100 });
  const { callLog } = as();
  const start = await callLog.catchUp(ACCOUNT, { token: undefined, since: fake.clock.now() });
  const calls = Array.from({ length: 260 }, () => fake.state.addCall(bob));
  fake.clock.advance(1_000);
  asked();
  const found = await callLog.catchUp(ACCOUNT, { token: start.token, since: start.upTo });
  assert.deepEqual(await sessionsOf(found), calls.map(({ sessionId }) => sessionId).toSorted());
  assert.deepEqual(asked(), [SYNC, SYNC, LOG, LOG, LOG]);
});

test("an extension's id cannot lead out of its place in the path", async (t) => {
  const { fake, as, asked } = await callingRingCentral(t);
  const from = { token: undefined, since: fake.clock.now() };
  for (const [extensionId, code] of [
    ["../../account/1/extension/2", "ringcentral-rejected"],
    ["..", "host-not-allowed"],
    [".", "host-not-allowed"],
  ] as const) {
    assert.equal((await failureOf(as().callLog.catchUp({ extensionId }, from))).code, code);
  }
  assert.deepEqual(asked(), [
    "GET /restapi/v1.0/account/~/extension/..%2F..%2Faccount%2F1%2Fextension%2F2/call-log-sync",
  ]);
});
