/** Which activity type a log gets, and what it costs to learn it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createCallLog } from "../../../src/connectors/pipedrive/call-logs.ts";
import { createMessageLog } from "../../../src/connectors/pipedrive/message-logs.ts";
import { rateLimited } from "../../fake-crms/pipedrive/fake-pipedrive.ts";
import { callOf, connected, failureOf, messagesOf } from "./connected.ts";

const READ = "GET /v1/activityTypes";
const WRITE = "POST /api/v2/activities";

test("the first active type whose name contains the word is taken, in any case of letters", async (t) => {
  const { context, fake, luke } = await connected(t);
  await createCallLog(context, callOf(luke));
  await createMessageLog(context, messagesOf(luke));
  assert.deepEqual(
    fake.state.activities.map(({ type }) => type),
    ["call", "sms"],
  );
});

for (const [how, value] of [
  ["by its key", "sales_call"],
  ["by its name", " sales CALL "],
] as const) {
  test(`the account's setting names another type ${how}, at no further cost`, async (t) => {
    const { asUser, fake, luke, costOf } = await connected(t);
    const context = asUser({ settings: { pipedriveCallActivityType: { value } } });
    const { requests } = await costOf(() => createCallLog(context, callOf(luke)));
    assert.deepEqual(requests, [WRITE]);
    assert.equal(fake.state.activities[0]?.type, "sales_call");
  });
}

test("a setting that names a type which came later is found by reading the types anew", async (t) => {
  const { asUser, fake, luke, costOf } = await connected(t);
  fake.state.activityTypes.push({ name: "Demo", key: "demo_9", active: true });
  const context = asUser({ settings: { pipedriveCallActivityType: { value: "Demo" } } });
  const { requests } = await costOf(() => createCallLog(context, callOf(luke)));
  assert.deepEqual(requests, [READ, WRITE]);
  assert.equal(fake.state.activities[0]?.type, "demo_9");
});

for (const value of ["Old call", "gone", "", null, 7]) {
  test(`a setting of ${JSON.stringify(value)} names no active type, and the first fitting one is taken`, async (t) => {
    const { asUser, fake, luke } = await connected(t);
    await createCallLog(asUser({ settings: { pipedriveCallActivityType: { value } } }), callOf(luke));
    assert.equal(fake.state.activities[0]?.type, "call");
  });
}

test("a user who logged in while the types could not be read costs one request more", async (t) => {
  const { asUser, luke, costOf } = await connected(t);
  const context = asUser({ platformAdditionalInfo: {} });
  const { requests } = await costOf(() => createCallLog(context, callOf(luke)));
  assert.deepEqual(requests, [READ, WRITE]);
});

test("a type that was switched off since is refused, read anew and replaced", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  for (const type of fake.state.activityTypes) if (type.key === "call") type.active = false;
  const { requests } = await costOf(() => createCallLog(context, callOf(luke)));
  assert.deepEqual(requests, [WRITE, READ, WRITE]);
  assert.deepEqual(
    fake.state.activities.map(({ type }) => type),
    ["sales_call"],
  );
});

test("a refusal for another reason is passed on, and nothing is written twice", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const { requests } = await costOf(async () => {
    const failure = await failureOf(createCallLog(context, callOf(luke, { submission: { deals: 424_242 } })));
    assert.equal(failure.userMessage, "Pipedrive did not accept this. It said: Deal not found.");
  });
  assert.deepEqual(requests, [WRITE, READ]);
  assert.deepEqual(fake.state.activities, []);
});

for (const [kind, word] of [
  ["call", "call"],
  ["message", "sms"],
] as const) {
  test(`without any type for a ${kind} the log is refused with a sentence that says what to do`, async (t) => {
    const { asUser, fake, luke } = await connected(t);
    fake.state.activityTypes.length = 0;
    const context = asUser({ platformAdditionalInfo: {} });
    const work = kind === "call" ? createCallLog(context, callOf(luke)) : createMessageLog(context, messagesOf(luke));
    const failure = await failureOf(work);
    assert.equal(failure.retry, "never");
    assert.match(failure.userMessage, new RegExp(`no active activity type whose name contains "${word}"`));
  });
}

test("types that cannot be read now are tried later, not refused for ever", async (t) => {
  const { asUser, fake, luke } = await connected(t);
  fake.faults.order(rateLimited("GET /v1/activityTypes", 2));
  const failure = await failureOf(createCallLog(asUser({ platformAdditionalInfo: {} }), callOf(luke)));
  assert.equal(failure.retry, "later");
});
