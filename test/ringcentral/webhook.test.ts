/** What arrives at the webhook: trials, events, and what pretends to be one. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readEvent } from "../../src/ringcentral/events.ts";
import { isVerified, trialToken } from "../../src/ringcentral/webhook.ts";

test("a trial's token is given back, and nothing that could break a header", () => {
  const token = "8b8f1f0e-3c39-4d4b-9f86-0a3f4c9b7a11";
  assert.equal(trialToken({ "validation-token": token }), token);
  for (const refused of [undefined, "", "a b", "x\r\nset-cookie: y", "é", "x".repeat(201), ["a", "b"]]) {
    assert.equal(trialToken({ "validation-token": refused }), undefined);
  }
});

test("an event without the right verification token is not RingCentral's", () => {
  assert.equal(isVerified({ "verification-token": "right" }, "right"), true);
  for (const wrong of [undefined, "", "wrong", "right ", ["right"]]) {
    assert.equal(isVerified({ "verification-token": wrong }, "right"), false);
  }
});

const MESSAGE_STORE = "/restapi/v1.0/account/1/extension/2/message-store";
const envelope = (event: string, body: unknown) => ({ uuid: "u", subscriptionId: "s", event, body });

test("an event's extension and account are read off its path", () => {
  const event = readEvent(envelope(MESSAGE_STORE, { extensionId: 2, changes: [{ type: "SMS", newCount: 2 }] }));
  assert.deepEqual(event, {
    uuid: "u",
    subscriptionId: "s",
    event: MESSAGE_STORE,
    accountId: "1",
    extensionId: "2",
    kind: "message-store",
    changes: [{ type: "SMS", newCount: 2, updatedCount: 0, newMessageIds: [] }],
  });
});

const KINDS: [what: string, event: string, body: unknown, kind: string][] = [
  ["a reminder", "/restapi/v1.0/subscription/~?threshold=60&interval=15", { expiresIn: 59 }, "expiry-reminder"],
  ["an event of another kind", "/restapi/v1.0/account/1/presence", {}, "other"],
  ["an event whose body is not as described", MESSAGE_STORE, { changes: "many" }, "other"],
  ["a call without its session", "/restapi/v1.0/account/1/telephony/sessions", { parties: [] }, "other"],
  ["a text whose moment is none", `${MESSAGE_STORE}/instant?type=SMS`, { id: "1", creationTime: "now" }, "other"],
];
for (const [what, event, body, kind] of KINDS) {
  test(`${what} is told apart`, () => assert.equal(readEvent(envelope(event, body))?.kind, kind));
}

test("what is no event at all is nothing", () => {
  for (const sent of [undefined, null, "x", [], {}, { event: MESSAGE_STORE, body: {} }]) {
    assert.equal(readEvent(sent), undefined);
  }
});
