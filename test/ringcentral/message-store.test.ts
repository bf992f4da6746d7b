/** RingCentral's message store: read in pages, one by one, and followed with a token. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { allOf, callingRingCentral, failureOf } from "./calling-ringcentral.ts";

const HOUR = 3_600_000;

test("a text is told with its conversation, to the last digit of its id", async (t) => {
  const { fake, bob, as } = await callingRingCentral(t);
  const text = await fake.phone.text(bob, {
    with: { phoneNumber: "+16505551212", name: "Luke" },
    text: "Is the ship ready? <b>",
    conversationId: "8031152018338945839",
  });
  const found = await as(bob).messages.read(String(bob.id), String(text.id));
  assert.ok(found);
  assert.deepEqual(
    [found.id, found.type, found.direction, found.subject, found.conversationId, found.creationTime, found.isDeleted],
    [String(text.id), "SMS", "Inbound", "Is the ship ready? <b>", "8031152018338945839", text.creationTime, false],
  );
  assert.deepEqual([found.from.phoneNumber, found.from.name], ["+16505551212", "Luke"]);
  assert.deepEqual(
    found.to.map(({ phoneNumber }) => phoneNumber),
    [bob.phoneNumber],
  );
});

test("a fax is told with its pages and where its document is", async (t) => {
  const { fake, bob, as } = await callingRingCentral(t);
  const fax = await fake.phone.fax(bob, { pages: 3, document: Buffer.from("%PDF-1.7") });
  const found = await as().messages.read(String(bob.id), String(fax.id));
  assert.deepEqual([found?.type, found?.faxPageCount, found?.conversationId], ["Fax", 3, undefined]);
  const [attachment] = found?.attachments ?? [];
  assert.deepEqual(
    [attachment?.type, attachment?.contentType, attachment?.fileName],
    ["RenderedDocument", "application/pdf", "fax.pdf"],
  );
  assert.ok(attachment?.uri.startsWith(`${fake.url}/restapi/v1.0/account/`));
});

test("a message that is there no more is nothing, not a failure", async (t) => {
  const { bob, as } = await callingRingCentral(t);
  assert.equal(await as(bob).messages.read("~", "1"), undefined);
});

test("messages between two moments come over all pages", async (t) => {
  const { fake, bob, as, asked } = await callingRingCentral(t, { largestPage: 2 });
  const now = fake.clock.now();
  const texts = Array.from({ length: 5 }, (_, at) => fake.state.addMessage(bob, { creationTime: now - at * 1_000 }));
  const found = await allOf(as(bob).messages.between("~", now - HOUR, now));
  assert.deepEqual(
    found.map(({ id }) => id),
    texts.map(({ id }) => String(id)),
  );
  assert.equal(asked().length, 3);
});

test("a token brings what is new; one that serves no more starts over", async (t) => {
  const { fake, bob, as } = await callingRingCentral(t);
  const { messages } = as(bob);
  const idsOf = async (found: Awaited<ReturnType<typeof messages.catchUp>>) =>
    (await allOf(found.records)).map(({ id }) => Number(id)).toSorted((one, other) => one - other);
  const start = await messages.catchUp("~", { token: undefined, since: fake.clock.now() });
  assert.deepEqual(await idsOf(start), []);
  const first = await fake.phone.text(bob, { text: "One" });
  const next = await messages.catchUp("~", { token: start.token, since: start.upTo });
  assert.deepEqual([next.startedOver, await idsOf(next)], [false, [first.id]]);
  fake.state.resets += 1;
  const second = await fake.phone.text(bob, { direction: "Outbound", text: "Two" });
  const again = await messages.catchUp("~", { token: next.token, since: next.upTo });
  assert.deepEqual([again.startedOver, await idsOf(again)], [true, [first.id, second.id]]);
});

test("a message that was deleted says so", async (t) => {
  const { fake, bob, as } = await callingRingCentral(t);
  const { messages } = as(bob);
  const text = await fake.phone.text(bob, { text: "One" });
  const start = await messages.catchUp("~", { token: undefined, since: text.creationTime });
  fake.state.change(text, { availability: "Deleted" });
  const [changed] = await allOf((await messages.catchUp("~", { token: start.token, since: start.upTo })).records);
  assert.deepEqual([changed?.id, changed?.isDeleted], [String(text.id), true]);
});

test("an administrator sees the messages of others where the role allows it", async (t) => {
  const { fake, account, bob, as } = await callingRingCentral(t);
  await fake.phone.text(bob, { text: "One" });
  const from = { token: undefined, since: fake.clock.now() - HOUR };
  const seen = await as().messages.catchUp(String(bob.id), from);
  assert.equal((await allOf(seen.records)).length, 1);
  const eve = fake.state.addExtension(account, { isAdministrator: true, seesMessagesOfOthers: false });
  assert.equal((await failureOf(as(eve).messages.catchUp(String(bob.id), from))).code, "ringcentral-forbids");
});
