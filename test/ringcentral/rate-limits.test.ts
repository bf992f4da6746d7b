/** RingCentral's rate limits: what is used up is not asked for, and others are not held up by it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRateLimits } from "../../src/ringcentral/rate-limits.ts";
import { rateLimited } from "../fake-ringcentral/refusals.ts";
import { callingRingCentral, failureOf } from "./calling-ringcentral.ts";

const LIST = "GET /restapi/v1.0/subscription";

test("what a minute allows is used, what would exceed it is not sent, and the next minute is", async (t) => {
  const { fake, as, asked } = await callingRingCentral(t, { limits: { Light: 3 } });
  const { subscriptions } = as();
  for (let sent = 0; sent < 3; sent++) await subscriptions.list();
  assert.equal(asked().length, 3);
  const failure = await failureOf(subscriptions.list());
  assert.equal(failure.code, "ringcentral-rate-limited");
  const wait = failure.facts.retryAfterMs ?? 0;
  assert.ok(wait > 55_000 && wait <= 60_000, String(wait));
  assert.deepEqual(asked(), []);
  fake.clock.advance(wait);
  await subscriptions.list();
  assert.deepEqual(asked(), [LIST]);
});

test("a 429 is obeyed for as long as it says", async (t) => {
  const { fake, as, asked } = await callingRingCentral(t);
  fake.faults.order(rateLimited(LIST, 90));
  const { subscriptions } = as();
  assert.equal((await failureOf(subscriptions.list())).facts.retryAfterMs, 90_000);
  fake.clock.advance(80_000);
  assert.equal((await failureOf(subscriptions.list())).code, "ringcentral-rate-limited");
  assert.equal(asked().length, 1);
  fake.clock.advance(10_000);
  assert.deepEqual(await subscriptions.list(), []);
});

test("another group and another user's token go on", async (t) => {
  const { fake, ann, bob, as } = await callingRingCentral(t);
  fake.faults.order(rateLimited(LIST, 60));
  const session = as(ann);
  await failureOf(session.subscriptions.list());
  const from = { token: undefined, since: fake.clock.now() };
  assert.equal((await session.callLog.catchUp("account", from)).startedOver, true);
  assert.deepEqual(await as(bob).subscriptions.list(), []);
});

test("a refresh that is held back does not hold back another user's", async (t) => {
  const { fake, ringCentral, ann, bob } = await callingRingCentral(t);
  const jwt = fake.grants.newJwt(ann);
  fake.faults.order(rateLimited("POST /restapi/oauth/token", 60));
  assert.equal((await failureOf(ringCentral.login.exchangeJwt(jwt))).code, "ringcentral-rate-limited");
  assert.equal((await failureOf(ringCentral.login.exchangeJwt(jwt))).code, "ringcentral-rate-limited");
  assert.ok((await ringCentral.login.exchangeJwt(fake.grants.newJwt(bob))).accessToken);
});

test("the end of a window is reckoned from its first answer, not its last", () => {
  let now = 1_000_000;
  const limits = createRateLimits({ now: () => now });
  const answer = (remaining: number) =>
    limits.learn("token", "Heavy", 200, { "x-rate-limit-remaining": String(remaining), "x-rate-limit-window": "60" });
  answer(1);
  now += 45_000;
  answer(0);
  assert.equal(limits.waitFor("token", "Heavy"), 15_000);
  now += 15_000;
  assert.equal(limits.waitFor("token", "Heavy"), 0);
  answer(9);
  now += 1_000;
  answer(0);
  assert.equal(limits.waitFor("token", "Heavy"), 59_000);
});

test("answers without limits, or with odd ones, hold nothing back", () => {
  const limits = createRateLimits({ now: () => 0 });
  for (const headers of [
    {},
    { "x-rate-limit-remaining": "0" },
    { "x-rate-limit-remaining": "none", "x-rate-limit-window": "60" },
    { "x-rate-limit-remaining": "", "x-rate-limit-window": "60" },
  ]) {
    limits.learn("token", "Light", 200, headers);
    assert.equal(limits.waitFor("token", "Light"), 0);
  }
  limits.learn("token", "Light", 429, {});
  assert.equal(limits.waitFor("token", "Light"), 60_000);
});
