/** Subscriptions to RingCentral's events: the trial, real deliveries, renewal, expiry and the blacklist. */

import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test, type TestContext } from "node:test";
import {
  ACCOUNT_TELEPHONY_SESSIONS,
  expiryReminder,
  incomingTextsOf,
  messageStoreOf,
  telephonySessionsOf,
} from "../../src/ringcentral/event-filters.ts";
import type { NewSubscription } from "../../src/ringcentral/subscriptions.ts";
import { callingRingCentral, type CallingOptions, codeAndRetry, failureOf } from "./calling-ringcentral.ts";
import { VERIFICATION, webhookHost } from "./webhook-host.ts";

const DAY_SECONDS = 86_400;

async function listening(t: TestContext, options: CallingOptions = {}) {
  const calling = await callingRingCentral(t, { webhookPatienceMs: 500, ...options });
  const host = await webhookHost(t);
  const wanted = (...eventFilters: string[]): NewSubscription => ({
    eventFilters,
    address: host.address,
    verificationToken: VERIFICATION,
    expiresInSeconds: DAY_SECONDS,
  });
  return { ...calling, host, wanted };
}

test("a call is told of from its beginning to its end", async (t) => {
  const { fake, account, bob, as, host, wanted } = await listening(t);
  const made = await as().subscriptions.create(wanted(ACCOUNT_TELEPHONY_SESSIONS));
  assert.deepEqual([made.isActive, made.address, made.disabledFilters], [true, host.address, []]);
  assert.deepEqual(made.eventFilters, [`/restapi/v1.0/account/${account.id}/telephony/sessions`]);
  assert.ok(Math.abs(made.expiresAt - fake.clock.now() - DAY_SECONDS * 1000) < 60_000);

  const call = await fake.phone.ring(bob, { with: { phoneNumber: "+16505551212", name: "Luke" } });
  await call.answer();
  await call.hangUp({ afterSeconds: 30 });
  const told = host.events.flatMap((event) => (event.kind === "telephony-session" ? [event] : []));
  assert.deepEqual(
    told.map(({ sequence, parties: [party] }) => [sequence, party?.status]),
    [
      [1, "Setup"],
      [2, "Proceeding"],
      [3, "Answered"],
      [4, "Disconnected"],
    ],
  );
  const last = told.at(-1);
  assert.deepEqual(
    [last?.subscriptionId, last?.sessionId, last?.accountId, last?.extensionId],
    [made.id, call.sessionId, String(account.id), undefined],
  );
  const [party] = last?.parties ?? [];
  assert.deepEqual(
    [party?.extensionId, party?.direction, party?.from.phoneNumber, party?.to.name, party?.isMissed],
    [String(bob.id), "Inbound", "+16505551212", "Bob Agent", false],
  );
  assert.equal(fake.subscriptions.deliveries.length, 4);
});

test("a call that nobody answers ends as missed", async (t) => {
  const { fake, bob, as, host, wanted } = await listening(t);
  await as(bob).subscriptions.create(wanted(telephonySessionsOf("~")));
  const call = await fake.phone.ring(bob);
  assert.equal((await call.hangUp()).result, "Missed");
  const last = host.events.at(-1);
  assert.ok(last?.kind === "telephony-session");
  assert.deepEqual([last.extensionId, last.parties[0]?.isMissed], [String(bob.id), true]);
});

test("a text that arrives is told of with what it says, one that is sent by its number", async (t) => {
  const { fake, bob, as, host, wanted } = await listening(t);
  await as().subscriptions.create(wanted(incomingTextsOf(String(bob.id)), messageStoreOf(String(bob.id))));
  const arrived = await fake.phone.text(bob, { text: "Hello there", conversationId: "8031152018338945839" });
  const sent = await fake.phone.text(bob, { text: "General Kenobi", direction: "Outbound" });
  const stored = host.events.flatMap((event) => (event.kind === "message-store" ? [event] : []));
  const texts = host.events.flatMap((event) => (event.kind === "incoming-text" ? [event.message] : []));
  assert.deepEqual(
    texts.map(({ id, subject, conversationId }) => [id, subject, conversationId]),
    [[String(arrived.id), "Hello there", "8031152018338945839"]],
  );
  assert.deepEqual(
    stored.map(({ extensionId, changes }) => [extensionId, changes]),
    [arrived, sent].map(({ id }) => [
      String(bob.id),
      [{ type: "SMS", newCount: 1, updatedCount: 0, newMessageIds: [String(id)] }],
    ]),
  );
});

test("a filter hears what it asks for and nothing else", async (t) => {
  const { fake, ann, bob, as, host, wanted } = await listening(t);
  await as().subscriptions.create(wanted(`${messageStoreOf(String(bob.id))}?type=Fax`));
  await fake.phone.text(bob, { text: "Hello" });
  await fake.phone.fax(ann, { pages: 1, document: Buffer.from("%PDF") });
  assert.deepEqual(host.events, []);
  await fake.phone.fax(bob, { pages: 1, document: Buffer.from("%PDF") });
  assert.equal(host.events.length, 1);
});

test("what somebody may not hear is named, and the rest is heard", async (t) => {
  const { fake, ann, bob, as, host, wanted } = await listening(t);
  const made = await as(bob).subscriptions.create(wanted(messageStoreOf(String(ann.id)), messageStoreOf("~")));
  assert.equal(made.eventFilters.length, 1);
  assert.deepEqual(
    made.disabledFilters.map(({ filter }) => filter.endsWith(`/extension/${ann.id}/message-store`)),
    [true],
  );
  await fake.phone.text(ann, { text: "Private" });
  await fake.phone.text(bob, { text: "Mine" });
  assert.equal(host.events.length, 1);
  const failure = await failureOf(as(bob).subscriptions.create(wanted(ACCOUNT_TELEPHONY_SESSIONS)));
  assert.equal(failure.code, "ringcentral-forbids");
});

const BAD_ANSWERS: [what: string, answer: (response: ServerResponse) => void][] = [
  ["does not give the trial's token back", (response) => response.setHeader("content-type", "application/json").end()],
  ["gives another token back", (response) => response.setHeader("validation-token", "x").end()],
  ["answers with an error", (response) => response.writeHead(500).end()],
  ["does not answer", () => undefined],
];
for (const [what, answer] of BAD_ANSWERS) {
  test(`a webhook that ${what} gets no subscription`, async (t) => {
    const { fake, as, host, wanted } = await listening(t, { webhookPatienceMs: 60 });
    host.misbehave(answer);
    const failure = await failureOf(as().subscriptions.create(wanted(messageStoreOf("~"))));
    assert.deepEqual(codeAndRetry(failure), ["ringcentral-rejected", "never"]);
    assert.match(failure.userMessage, /WebHook|Validation Token/);
    assert.deepEqual(fake.subscriptions.all, []);
  });
}

test("renewing counts from now; what has run out is there no more", async (t) => {
  const { fake, bob, as, host, wanted } = await listening(t);
  const { id } = await as().subscriptions.create(wanted(messageStoreOf(String(bob.id))));
  fake.clock.advance(DAY_SECONDS * 900);
  const renewed = await as().subscriptions.renew(id);
  assert.ok((renewed?.expiresAt ?? 0) > fake.clock.now() + DAY_SECONDS * 990);
  fake.clock.advance(DAY_SECONDS * 1001);
  await fake.phone.text(bob, { text: "Unheard" });
  assert.deepEqual(host.events, []);
  assert.equal(await as().subscriptions.renew(id), undefined);
  assert.equal(await as().subscriptions.change(id, wanted(messageStoreOf("~"))), undefined);
  assert.deepEqual(await as().subscriptions.list(), []);
  await as().subscriptions.delete(id);
});

test("a subscription can be told to listen to something else", async (t) => {
  const { fake, ann, bob, as, host, wanted } = await listening(t);
  const { id } = await as().subscriptions.create(wanted(messageStoreOf(String(bob.id))));
  const changed = await as().subscriptions.change(id, wanted(messageStoreOf(String(ann.id))));
  assert.equal(changed?.id, id);
  await fake.phone.text(bob, { text: "Unheard" });
  await fake.phone.text(ann, { text: "Heard" });
  assert.deepEqual(
    host.events.map(({ extensionId }) => extensionId),
    [String(ann.id)],
  );
});

test("a webhook that is away for ten minutes is blacklisted, and a new subscription mends it", async (t) => {
  const { fake, bob, as, host, wanted } = await listening(t);
  const filter = messageStoreOf(String(bob.id));
  const { id } = await as().subscriptions.create(wanted(filter));
  host.misbehave((response) => response.writeHead(502).end());
  await fake.phone.text(bob, { text: "One" });
  assert.equal((await as().subscriptions.list())[0]?.isActive, true);
  fake.clock.advance(11 * 60_000);
  await fake.phone.text(bob, { text: "Two" });
  const [blacklisted] = await as().subscriptions.list();
  assert.equal(blacklisted?.isActive, false);
  assert.match(blacklisted?.blacklistedBecause ?? "", /502/);

  host.misbehave(undefined);
  await fake.phone.text(bob, { text: "Three" });
  assert.deepEqual(host.events, []);
  await as().subscriptions.delete(id);
  await as().subscriptions.create(wanted(filter));
  await fake.phone.text(bob, { text: "Four" });
  assert.equal(host.events.length, 1);
  assert.equal((await as().subscriptions.list()).length, 1);
});

test("a reminder of the end can be listened to", async (t) => {
  const { as, wanted } = await listening(t);
  const made = await as().subscriptions.create(wanted(messageStoreOf("~"), expiryReminder(3_600, 600)));
  assert.ok(made.eventFilters.includes("/restapi/v1.0/subscription/~?threshold=3600&interval=600"));
});

test("a creation whose answer was lost is told from one that was not done", async (t) => {
  const { fake, as, wanted } = await listening(t);
  fake.faults.order({ match: "POST /restapi/v1.0/subscription", kind: "lost-answer" });
  const failure = await failureOf(as().subscriptions.create(wanted(messageStoreOf("~"))));
  assert.deepEqual(codeAndRetry(failure), ["ringcentral-unavailable", "reconcile"]);
  assert.equal((await as().subscriptions.list()).length, 1);
});
