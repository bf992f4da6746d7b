/** Who holds a RingCentral access token: on RingCentral's word, asked once a minute. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { outOfOrder } from "../fake-ringcentral/refusals.ts";
import { callingRingCentral, codeAndRetry, failureOf } from "./calling-ringcentral.ts";

const ME = "GET /restapi/v1.0/account/~/extension/~";

test("a token tells the account, the extension and whether it administers the account", async (t) => {
  const { fake, ringCentral, account, ann, bob } = await callingRingCentral(t);
  assert.deepEqual(await ringCentral.whoHolds(fake.grants.tokenOf(ann)), {
    accountId: String(account.id),
    extensionId: String(ann.id),
    extensionNumber: "101",
    name: "Ann Admin",
    email: "ann1@acme.example",
    isAdministrator: true,
  });
  const other = await ringCentral.whoHolds(fake.grants.tokenOf(bob));
  assert.deepEqual([other.extensionId, other.isAdministrator], [String(bob.id), false]);
});

test("an extension without an e-mail address has none", async (t) => {
  const { fake, ringCentral, account } = await callingRingCentral(t);
  const lobby = fake.state.addExtension(account, { email: undefined });
  assert.equal((await ringCentral.whoHolds(fake.grants.tokenOf(lobby))).email, undefined);
});

test("within a minute RingCentral is asked once for a token, and then again", async (t) => {
  const { fake, ringCentral, ann, asked } = await callingRingCentral(t);
  const token = fake.grants.tokenOf(ann);
  await Promise.all([ringCentral.whoHolds(token), ringCentral.whoHolds(token)]);
  fake.clock.advance(59_000);
  await ringCentral.whoHolds(token);
  assert.deepEqual(asked(), [ME]);
  ann.isAdministrator = false;
  fake.clock.advance(2_000);
  assert.equal((await ringCentral.whoHolds(token)).isAdministrator, false);
  assert.deepEqual(asked(), [ME]);
});

test("a token that is worth nothing is refused, and asked about anew each time", async (t) => {
  const { fake, ringCentral, ann, asked } = await callingRingCentral(t);
  const token = fake.grants.tokenOf(ann);
  fake.grants.expireAccessTokens();
  assert.deepEqual(codeAndRetry(await failureOf(ringCentral.whoHolds(token))), ["ringcentral-session-ended", "never"]);
  assert.equal((await failureOf(ringCentral.whoHolds("made-up"))).code, "ringcentral-session-ended");
  assert.equal((await failureOf(ringCentral.whoHolds("made-up"))).code, "ringcentral-session-ended");
  assert.deepEqual(asked(), [ME, ME, ME]);
});

test("what went wrong once is not remembered", async (t) => {
  const { fake, ringCentral, ann } = await callingRingCentral(t);
  const token = fake.grants.tokenOf(ann);
  fake.faults.order(outOfOrder(ME, 503));
  assert.deepEqual(codeAndRetry(await failureOf(ringCentral.whoHolds(token))), ["ringcentral-unavailable", "later"]);
  assert.equal((await ringCentral.whoHolds(token)).extensionId, String(ann.id));
});

test("a thousand tokens are remembered, not more", async (t) => {
  const { fake, ringCentral, ann, asked } = await callingRingCentral(t);
  const first = fake.grants.tokenOf(ann);
  await ringCentral.whoHolds(first);
  for (let sent = 0; sent < 1_000; sent += 50) {
    const others = Array.from({ length: 50 }, () => ringCentral.whoHolds(fake.grants.tokenOf(ann)));
    await Promise.all(others);
  }
  assert.equal(asked().length, 1_001);
  await ringCentral.whoHolds(first);
  assert.equal(asked().length, 1);
});
