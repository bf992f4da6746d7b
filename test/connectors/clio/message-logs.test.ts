/** Conversations, voicemails and faxes in Clio. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { findCommunication } from "../../../src/connectors/clio/communications.ts";
import { createMessageLog, updateMessageLog } from "../../../src/connectors/clio/message-logs.ts";
import { outOfOrder } from "../../fake-crms/clio/refusals.ts";
import { connected, failureOf, messagesOf, settings, theOnly } from "./connected.ts";

const BILLED = settings({
  smsTimeTrackingEnabled: true,
  smsTimeTrackingMinimumDuration: "45",
  smsTimeTrackingDefaultBillable: "non-billable",
});
const revise = (body: string) => `${body}and more\n`;

test("a conversation is one request, and its update two, whatever it holds", async (t) => {
  const { fake, ann, luke, context, costOf } = await connected(t);
  const matter = fake.state.addMatter({ client: luke.id });
  const created = await costOf(() =>
    createMessageLog(context, messagesOf(luke, { submission: { matters: matter.id } })),
  );
  assert.deepEqual(created.requests, ["POST /api/v4/communications.json"]);
  const communication = theOnly(fake.state.communications);
  assert.deepEqual(communication.senders, [{ id: luke.id, type: "Contact" }]);
  assert.deepEqual(communication.receivers, [{ id: ann.id, type: "User" }]);
  assert.equal(communication.matter, matter.id);
  const logId = String(communication.id);
  const updated = await costOf(() => updateMessageLog(context, { logId, contactId: String(luke.id), revise }));
  assert.deepEqual(updated.requests, [
    `GET /api/v4/communications/${logId}.json`,
    `PATCH /api/v4/communications/${logId}.json`,
  ]);
  assert.equal(communication.body, "SMS conversation\n\nHello\nand more\n");
  assert.equal(fake.state.activities.length, 0);
});

test("who bills texts pays 2 requests for a new conversation and 3 in 2 rounds for its update, and has one entry", async (t) => {
  const { fake, luke, asUser, costOf } = await connected(t);
  const context = asUser(BILLED);
  const created = await costOf(() => createMessageLog(context, messagesOf(luke)));
  assert.deepEqual(created.requests, ["POST /api/v4/communications.json", "POST /api/v4/activities.json"]);
  const logId = String(theOnly(fake.state.communications).id);
  const updated = await costOf(() => updateMessageLog(context, { logId, contactId: String(luke.id), revise }));
  assert.equal(updated.requests.length, 3);
  assert.equal(updated.rounds, 2);
  const entry = theOnly(fake.state.activities);
  assert.deepEqual([entry.quantity, entry.non_billable, entry.date], [45, true, "2026-03-07"]);
});

test("voicemails and faxes have no time entry, now or later", async (t) => {
  const { fake, luke, asUser } = await connected(t);
  const context = asUser(BILLED);
  for (const kind of ["VoiceMail", "Fax"] as const) {
    const { logId } = await createMessageLog(context, messagesOf(luke, { kind }));
    await updateMessageLog(context, { logId, contactId: String(luke.id), revise });
  }
  assert.equal(fake.state.activities.length, 0);
});

test("a time entry that failed is made up for by the next update", async (t) => {
  const { fake, luke, asUser } = await connected(t);
  const context = asUser(BILLED);
  fake.faults.order(outOfOrder("POST /api/v4/activities.json"));
  const { logId, unfinished } = await createMessageLog(context, messagesOf(luke));
  assert.match(unfinished?.userMessage ?? "", /^The time entry was not saved/);
  await updateMessageLog(context, { logId, contactId: String(luke.id), revise });
  assert.equal(theOnly(fake.state.activities).quantity, 45);
});

test("a read that fails writes nothing", async (t) => {
  const { fake, luke, asUser } = await connected(t);
  const context = asUser(BILLED);
  const { logId } = await createMessageLog(context, messagesOf(luke));
  for (const match of ["GET /api/v4/communications/*", "GET /api/v4/activities.json"]) {
    fake.faults.order(outOfOrder(match));
    fake.requests.length = 0;
    await failureOf(updateMessageLog(context, { logId, contactId: String(luke.id), revise }));
    assert.deepEqual(
      fake.requests.filter(({ method }) => method !== "GET"),
      [],
    );
  }
});

test("a conversation is found again by its marker", async (t) => {
  const { luke, context } = await connected(t);
  const log = messagesOf(luke);
  const { logId } = await createMessageLog(context, log);
  const search = { marker: log.marker, contactId: String(luke.id), since: 0 };
  assert.deepEqual(await findCommunication(context, search), { logId });
});
