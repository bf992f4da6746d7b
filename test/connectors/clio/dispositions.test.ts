/** What is chosen for a call in Clio after it was logged. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createCallLog, updateCallLog } from "../../../src/connectors/clio/call-logs.ts";
import { upsertCallDisposition } from "../../../src/connectors/clio/dispositions.ts";
import { callOf, connected, theOnly } from "./connected.ts";

test("a matter costs 1 request, also when the form repeats the billing", async (t) => {
  const { fake, luke, context, costOf } = await connected(t);
  const matter = fake.state.addMatter({ client: luke.id });
  const { logId } = await createCallLog(context, callOf(luke));
  const submission = { matters: String(matter.id), billableStatus: "billable" };
  const cost = await costOf(() => upsertCallDisposition(context, { logId, submission, previous: {} }));
  assert.deepEqual(cost.requests, [`PATCH /api/v4/communications/${logId}.json`]);
  assert.equal(theOnly(fake.state.communications).matter, matter.id);
});

test("nothing chosen costs nothing", async (t) => {
  const { luke, context, costOf } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const cost = await costOf(async () => {
    await upsertCallDisposition(context, { logId, submission: {}, previous: {} });
    await upsertCallDisposition(context, { logId, submission: { matters: "none" }, previous: {} });
  });
  assert.deepEqual(cost.requests, []);
});

test("billing that was changed reaches the time entry", async (t) => {
  const { fake, luke, context, costOf } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const cost = await costOf(() =>
    upsertCallDisposition(context, { logId, submission: { billableStatus: "non-billable" }, previous: {} }),
  );
  assert.equal(cost.requests.length, 2);
  assert.equal(theOnly(fake.state.activities).non_billable, true);
});

test("billing that was changed while the call went on reaches the time entry that comes later", async (t) => {
  const { fake, luke, context } = await connected(t);
  const matter = fake.state.addMatter({ client: luke.id });
  const { logId } = await createCallLog(context, callOf(luke, { durationSeconds: undefined }));
  const submission = { matters: matter.id, billableStatus: "non-billable" };
  await upsertCallDisposition(context, { logId, submission, previous: {} });
  await updateCallLog(context, { logId, contactId: "1", durationSeconds: 12, revise: (body) => body });
  const entry = theOnly(fake.state.activities);
  assert.deepEqual([entry.non_billable, entry.matter], [true, matter.id]);
  assert.equal(theOnly(fake.state.communications).external_properties.length, 2);
});

test("the time entry follows when another matter is chosen, unless it is billed already", async (t) => {
  const { fake, luke, context, costOf } = await connected(t);
  const [one, other] = [fake.state.addMatter({ client: luke.id }), fake.state.addMatter({ client: luke.id })];
  const previous = { matters: one.id };
  const { logId } = await createCallLog(context, { ...callOf(luke), submission: previous });
  const cost = await costOf(() =>
    upsertCallDisposition(context, { logId, submission: { matters: other.id }, previous }),
  );
  assert.equal(cost.requests.length, 2);
  assert.equal(theOnly(fake.state.communications).matter, other.id);
  assert.equal(theOnly(fake.state.activities).matter, other.id);
});
