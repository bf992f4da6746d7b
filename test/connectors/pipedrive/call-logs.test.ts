/** Calls in Pipedrive: what an activity says, what it costs, and that nothing a person wrote is lost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createCallLog,
  findCallLog,
  getCallLog,
  updateCallLog,
  upsertCallDisposition,
} from "../../../src/connectors/pipedrive/call-logs.ts";
import { outOfOrder, rateLimited } from "../../fake-crms/pipedrive/fake-pipedrive.ts";
import { callOf, connected, failureOf, STARTED_AT } from "./connected.ts";

test("a call is one request when the activity type is known", async (t) => {
  const { context, fake, luke, ann, costOf } = await connected(t);
  const call = callOf(luke);
  const { requests } = await costOf(() => createCallLog(context, call));
  assert.deepEqual(requests, ["POST /api/v2/activities"]);
  const [activity] = fake.state.activities;
  assert.ok(activity);
  const { subject, type, ownerId, done, dueDate, dueTime, duration, personId, dealId, leadId, orgId } = activity;
  assert.deepEqual(
    { subject, type, ownerId, done, dueDate, dueTime, duration, personId, dealId, leadId, orgId },
    {
      subject: "Inbound call from Luke Skywalker",
      type: "call",
      ownerId: ann.id,
      done: true,
      dueDate: "2026-03-08",
      dueTime: "06:30",
      duration: "00:01",
      personId: luke.id,
      dealId: null,
      leadId: null,
      orgId: null,
    },
  );
  assert.ok(activity.note.startsWith(call.body), activity.note);
});

test("a call on a colleague's behalf belongs to the colleague", async (t) => {
  const { context, fake, luke } = await connected(t);
  const ben = fake.state.addUser({ name: "Ben Backup", email: "ben@example.com" });
  await createCallLog(context, callOf(luke, { owner: String(ben.id) }));
  assert.equal(fake.state.activities[0]?.ownerId, ben.id);
});

test("a call that goes on has neither a time nor a duration yet", async (t) => {
  const { context, fake, luke } = await connected(t);
  await createCallLog(context, callOf(luke, { startedAt: undefined, durationSeconds: undefined }));
  const [activity] = fake.state.activities;
  assert.deepEqual([activity?.dueDate, activity?.dueTime, activity?.duration], [null, null, null]);
});

test("a deal wins over a lead, and the organization comes along", async (t) => {
  const { context, fake, luke } = await connected(t);
  const deal = fake.state.addDeal({ title: "Deal", personId: luke.id });
  const lead = fake.state.addLead({ title: "Lead", personId: luke.id });
  const submissions = [
    { deals: String(deal.id), leads: lead.id, organization: 55 },
    { deals: deal.id, leads: "none" },
    { deals: "none", leads: lead.id },
    { deals: "", leads: "", organization: "none" },
  ];
  for (const submission of submissions) await createCallLog(context, callOf(luke, { submission }));
  assert.deepEqual(
    fake.state.activities.map(({ dealId, leadId, orgId }) => [dealId, leadId, orgId]),
    [
      [deal.id, null, 55],
      [deal.id, null, null],
      [null, lead.id, null],
      [null, null, null],
    ],
  );
});

test("nothing is sent for a contact that is no person", async (t) => {
  const { context, costOf } = await connected(t);
  const { requests } = await costOf(async () => {
    const failure = await failureOf(createCallLog(context, { ...callOf({ id: 1 }), contact: { id: "../deals" } }));
    assert.deepEqual([failure.code, failure.retry], ["crm-rejected", "never"]);
  });
  assert.deepEqual(requests, []);
});

test("a person who was deleted is refused by Pipedrive, in its own words", async (t) => {
  const { context } = await connected(t);
  const failure = await failureOf(createCallLog(context, callOf({ id: 999_999 })));
  assert.equal(failure.userMessage, "Pipedrive did not accept this. It said: Person not found.");
});

test("a log is read with its person's name, in one round, without our own line", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const deal = fake.state.addDeal({ title: "Deal", personId: luke.id });
  const call = callOf(luke, { submission: { deals: deal.id, organization: 55 } });
  const { logId } = await createCallLog(context, call);
  const { requests, rounds } = await costOf(async () => {
    const loaded = await getCallLog(context, { logId, contactId: String(luke.id) });
    assert.equal(loaded.subject, call.subject);
    assert.equal(loaded.body, call.body);
    assert.equal(loaded.contactName, "Luke Skywalker");
    assert.deepEqual(loaded.dispositions, { deals: deal.id, organization: 55 });
    assert.equal(loaded.fullLogResponse["id"], Number(logId));
  });
  assert.deepEqual([requests.length, rounds], [2, 1]);
});

test("a log can be read although its person cannot", async (t) => {
  const { context, fake, luke } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  fake.faults.order(outOfOrder("GET /api/v2/persons/*"));
  const loaded = await getCallLog(context, { logId, contactId: String(luke.id) });
  assert.equal(loaded.contactName, undefined);
});

test("an update is one read and one write, and sends only what changed", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const { requests } = await costOf(() =>
    updateCallLog(context, {
      logId,
      contactId: String(luke.id),
      durationSeconds: 3_600 + 119,
      revise: (body) => body.replace("Answered", "Voicemail"),
    }),
  );
  assert.deepEqual(requests, [`GET /api/v2/activities/${logId}`, `PATCH /api/v2/activities/${logId}`]);
  const [activity] = fake.state.activities;
  assert.equal(activity?.duration, "01:01");
  assert.deepEqual([activity?.dueDate, activity?.dueTime], ["2026-03-08", "06:30"]);
  assert.match(activity?.note ?? "", /Voicemail/);
  assert.deepEqual(Object.keys(Object(fake.requests[1]?.body)).toSorted(), ["duration", "note"]);
});

test("an update that changes nothing reads and writes nothing", async (t) => {
  const { context, luke, costOf } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const { requests } = await costOf(() =>
    updateCallLog(context, { logId, contactId: String(luke.id), revise: (body) => body }),
  );
  assert.deepEqual(requests, [`GET /api/v2/activities/${logId}`]);
});

test("the merge sees the words of a person and not our own line, which stays", async (t) => {
  const { context, fake, luke } = await connected(t);
  const call = callOf(luke);
  const { logId } = await createCallLog(context, call);
  const [activity] = fake.state.activities;
  assert.ok(activity);
  activity.note = `<p>He was angry.</p>${activity.note}<div>Call back on Monday</div>`;
  let seen = "";
  const revise = (body: string) => {
    seen = body;
    return `${body}<div><b>AI Note</b><br>Short</div>`;
  };
  await updateCallLog(context, { logId, contactId: String(luke.id), revise });
  assert.equal(seen, `<p>He was angry.</p>${call.body}<div>Call back on Monday</div>`);
  assert.ok(activity.note.startsWith(`${seen}<div><b>AI Note</b>`), activity.note);
  assert.equal(activity.note.split(call.marker).length, 2);
});

test("a read that fails writes nothing", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const before = structuredClone(fake.state.activities);
  const update = { logId, contactId: String(luke.id), subject: "Another", revise: () => "all new" };
  for (const fault of [
    rateLimited("GET /api/v2/activities/*", 5),
    outOfOrder("GET /api/v2/activities/*"),
    { match: "GET /api/v2/activities/*", kind: "cut" } as const,
    { match: "GET /api/v2/activities/*", kind: "malformed" } as const,
  ]) {
    fake.faults.order(fault);
    const { requests } = await costOf(() => failureOf(updateCallLog(context, update)));
    assert.equal(requests.length, 1);
  }
  assert.deepEqual(fake.state.activities, before);
});

test("a deleted activity is not written to", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  for (const activity of fake.state.activities) activity.deleted = true;
  const { requests } = await costOf(async () => {
    const failure = await failureOf(updateCallLog(context, { logId, contactId: "1", revise: () => "new" }));
    assert.equal(failure.code, "crm-record-missing");
  });
  assert.equal(requests.length, 1);
});

test("a disposition is one request, and none without a choice", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const deal = fake.state.addDeal({ title: "Deal", personId: luke.id });
  const lead = fake.state.addLead({ title: "Lead", personId: luke.id });
  const { logId } = await createCallLog(context, callOf(luke));
  const dispose = (submission: Record<string, unknown>) =>
    costOf(() => upsertCallDisposition(context, { logId, submission }));
  assert.deepEqual((await dispose({ leads: lead.id })).requests, [`PATCH /api/v2/activities/${logId}`]);
  assert.deepEqual((await dispose({ deals: String(deal.id) })).requests.length, 1);
  assert.deepEqual((await dispose({ note: "x", deals: "none", leads: "" })).requests, []);
  assert.equal(fake.state.activities[0]?.dealId, deal.id);
});

test("a record whose answer was lost is found again by its marker, newest first, in one request", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const call = callOf(luke);
  fake.faults.order({ match: "POST /api/v2/activities", kind: "lost-answer" });
  const failure = await failureOf(createCallLog(context, call));
  assert.deepEqual([failure.code, failure.retry], ["crm-answer-lost", "reconcile"]);
  for (let at = 0; at < 30; at++) fake.state.addActivity({ personId: luke.id, note: `Another ${at}` });
  const search = { marker: call.marker, contactId: String(luke.id), since: Date.now() - 600_000 };
  const { requests } = await costOf(async () => {
    assert.deepEqual(await findCallLog(context, search), { logId: String(fake.state.activities[0]?.id) });
  });
  assert.deepEqual(requests, ["GET /api/v2/activities"]);
  const other = { ...search, marker: "trunkline:00000000-66f1-4a39-8f0a-0d6b5b0a4d11" };
  assert.equal(await findCallLog(context, other), undefined);
});

test("the marker is looked for on every page", async (t) => {
  const { context, fake, luke } = await connected(t, { largestPage: 10, answersAfterMs: 0 });
  const call = callOf(luke);
  const { logId } = await createCallLog(context, call);
  const addTime = Date.now() + 1_000;
  for (let at = 0; at < 25; at++) fake.state.addActivity({ personId: luke.id, note: `Later ${at}`, addTime });
  const search = { marker: call.marker, contactId: String(luke.id), since: STARTED_AT };
  assert.deepEqual(await findCallLog(context, search), { logId });
});

test("the marker survives what Pipedrive's sanitising and a person's editor do to a note", async (t) => {
  const { context, fake, luke } = await connected(t);
  const call = callOf(luke, { body: '<!-- hidden --><section data-id="1" style="color:red">Hello</section>' });
  const { logId } = await createCallLog(context, call);
  const [activity] = fake.state.activities;
  assert.ok(activity);
  activity.note = activity.note.replace(/<p>(.*)<\/p>$/, "<br><span>$1</span>");
  const search = { marker: call.marker, contactId: String(luke.id), since: STARTED_AT };
  assert.deepEqual(await findCallLog(context, search), { logId });
  await updateCallLog(context, { logId, contactId: String(luke.id), revise: (body) => `${body}<b>More</b>` });
  assert.deepEqual(await findCallLog(context, search), { logId });
  assert.equal(activity.note.split("Log id:").length, 2);
});
