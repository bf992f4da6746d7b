/** Calls in Clio: the communication, its time entry, and what keeps the two together. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createCallLog, getCallLog, updateCallLog } from "../../../src/connectors/clio/call-logs.ts";
import { findCommunication } from "../../../src/connectors/clio/communications.ts";
import type { CallLogToUpdate } from "../../../src/sdk/connector.ts";
import { outOfOrder, rateLimited } from "../../fake-crms/clio/refusals.ts";
import { callOf, connected, failureOf, MARKER, settings, STARTED_AT, theOnly } from "./connected.ts";

function updateOf(logId: string, changes: Partial<CallLogToUpdate> = {}): CallLogToUpdate {
  return { logId, contactId: "1", revise: (body) => `${body}- Note: more\n`, ...changes };
}

test("a call is a phone communication with our marker and a time entry linked to it, for 2 requests", async (t) => {
  const { fake, context, ann, luke, costOf } = await connected(t);
  const matter = fake.state.addMatter({ client: luke.id });
  const cost = await costOf(async () => {
    const { logId, unfinished } = await createCallLog(
      context,
      callOf(luke, { submission: { matters: String(matter.id), billableStatus: "non-billable" } }),
    );
    assert.equal(unfinished, undefined);
    assert.equal(logId, String(fake.state.communications[0]?.id));
  });
  assert.deepEqual(cost.requests, ["POST /api/v4/communications.json", "POST /api/v4/activities.json"]);
  const communication = theOnly(fake.state.communications);
  assert.equal(communication.type, "PhoneCommunication");
  assert.equal(communication.subject, "Inbound call from Luke Skywalker");
  assert.equal(communication.body, "- Note: cost $& <b>\n- Result: Answered\n");
  assert.equal(communication.received_at, "2026-03-08T06:30:15.000Z");
  assert.equal(communication.matter, matter.id);
  assert.deepEqual(communication.senders, [{ id: luke.id, type: "Contact" }]);
  assert.deepEqual(communication.receivers, [{ id: ann.id, type: "User" }]);
  assert.ok(communication.external_properties.some(({ value }) => value === MARKER));
  const entry = theOnly(fake.state.activities);
  assert.equal(entry.communication, communication.id);
  assert.equal(entry.matter, matter.id);
  assert.equal(entry.quantity, 61);
  assert.equal(entry.date, "2026-03-07");
  assert.equal(entry.note, communication.body);
  assert.equal(entry.non_billable, true);
});

test("on a colleague's behalf, the call and the time are the colleague's, also when the time is known later", async (t) => {
  const { fake, context, luke } = await connected(t);
  const [, ben] = fake.state.users;
  assert.ok(ben);
  const owner = String(ben.id);
  await createCallLog(context, callOf(luke, { owner }));
  assert.deepEqual(theOnly(fake.state.communications).receivers, [{ id: ben.id, type: "User" }]);
  assert.equal(theOnly(fake.state.activities).user, ben.id);

  const { logId } = await createCallLog(context, callOf(luke, { owner, durationSeconds: undefined }));
  await updateCallLog(context, updateOf(logId, { durationSeconds: 30 }));
  const later = fake.state.activities.find(({ communication }) => String(communication) === logId);
  assert.deepEqual([later?.user, later?.quantity], [ben.id, 30]);
});

test("an outbound call goes from the user to the contact", async (t) => {
  const { fake, context, ann, luke } = await connected(t);
  await createCallLog(context, callOf(luke, { direction: "Outbound", subject: "" }));
  const communication = theOnly(fake.state.communications);
  assert.deepEqual(communication.senders, [{ id: ann.id, type: "User" }]);
  assert.deepEqual(communication.receivers, [{ id: luke.id, type: "Contact" }]);
  assert.equal(communication.subject, "Outbound call");
});

const DAYS: [where: string, timeZone: string, at: string, day: string][] = [
  [
    "the last minute before Los Angeles puts its clocks forward",
    "America/Los_Angeles",
    "2026-03-08T07:59:59Z",
    "2026-03-07",
  ],
  ["the first minute of that day", "America/Los_Angeles", "2026-03-08T08:00:00Z", "2026-03-08"],
  ["the last minute of that day, an hour earlier in UTC", "America/Los_Angeles", "2026-03-09T06:59:59Z", "2026-03-08"],
  ["the minute after it", "America/Los_Angeles", "2026-03-09T07:00:00Z", "2026-03-09"],
  ["the last minute of the day London puts its clocks back", "Europe/London", "2026-10-25T23:59:59Z", "2026-10-25"],
  ["the first minute of that day, still in summer time", "Europe/London", "2026-10-24T23:00:00Z", "2026-10-25"],
  ["Sydney after its clocks went back", "Australia/Sydney", "2026-04-05T14:00:00Z", "2026-04-06"],
  ["Sydney before its clocks went back", "Australia/Sydney", "2026-04-04T13:00:00Z", "2026-04-05"],
  ["an offset without a name", "+08:00", "2026-07-01T16:00:00Z", "2026-07-02"],
];
for (const [where, timeZone, at, day] of DAYS) {
  test(`a bill bears the user's own day: ${where}`, async (t) => {
    const { fake, luke, asUser } = await connected(t);
    await createCallLog(asUser({ timeZone }), callOf(luke, { startedAt: Date.parse(at) }));
    assert.equal(theOnly(fake.state.activities).date, day);
  });
}

test("no time entry is kept for who switched them off, nor for a call that nobody answered or that still goes on", async (t) => {
  const { fake, luke, context, asUser } = await connected(t);
  for (const value of [false, "false"]) {
    await createCallLog(asUser(settings({ clioTimeEntriesEnabled: value })), callOf(luke));
  }
  await createCallLog(context, callOf(luke, { durationSeconds: 0 }));
  await createCallLog(context, callOf(luke, { durationSeconds: undefined }));
  assert.equal(fake.state.communications.length, 4);
  assert.equal(fake.state.activities.length, 0);
});

const BILLING: [says: string, stored: unknown, submission: Record<string, unknown>, nonBillable: boolean][] = [
  ["nothing", undefined, {}, false],
  ["the setting's choice", "non-billable", {}, true],
  ["the tick of an older client's setting", true, {}, true],
  ["the form, against the setting", "non-billable", { billableStatus: "billable" }, false],
  ["the tick of an older client's form", "billable", { nonBillable: true }, true],
];
for (const [says, stored, submission, nonBillable] of BILLING) {
  test(`billing follows ${says}`, async (t) => {
    const { fake, luke, asUser } = await connected(t);
    await createCallLog(asUser(settings({ clioDefaultNonBillableTick: stored })), callOf(luke, { submission }));
    assert.equal(theOnly(fake.state.activities).non_billable, nonBillable);
  });
}

test("a form's empty choices are no matter", async (t) => {
  const { fake, luke, context } = await connected(t);
  for (const matters of ["", "none", null, undefined])
    await createCallLog(context, callOf(luke, { submission: { matters } }));
  assert.deepEqual(
    fake.state.communications.map(({ matter }) => matter),
    [null, null, null, null],
  );
});

test("a time entry that is refused leaves the log standing, and says so", async (t) => {
  const { fake, luke, context } = await connected(t);
  fake.faults.order(rateLimited("POST /api/v4/activities.json", 40));
  const { logId, unfinished } = await createCallLog(context, callOf(luke));
  assert.equal(logId, String(theOnly(fake.state.communications).id));
  assert.equal(unfinished?.code, "crm-rate-limited");
  assert.match(unfinished.userMessage, /^The time entry was not saved/);
  assert.ok((unfinished.facts.retryAfterMs ?? 0) > 30_000);
});

test("an update creates the time entry that is missing, as the form had it", async (t) => {
  const { fake, luke, context } = await connected(t);
  const matter = fake.state.addMatter({ client: luke.id });
  fake.faults.order(outOfOrder("POST /api/v4/activities.json"));
  const { logId } = await createCallLog(
    context,
    callOf(luke, { submission: { matters: matter.id, billableStatus: "non-billable" } }),
  );
  await updateCallLog(context, updateOf(logId, { durationSeconds: 61 }));
  const entry = theOnly(fake.state.activities);
  assert.deepEqual(
    [entry.quantity, entry.date, entry.matter, entry.non_billable, entry.communication],
    [61, "2026-03-07", matter.id, true, Number(logId)],
  );
});

test("the duration of a call that went on creates its time entry, unless there was to be none", async (t) => {
  const { fake, luke, context, asUser } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke, { durationSeconds: undefined }));
  await updateCallLog(context, updateOf(logId, { durationSeconds: 125 }));
  assert.equal(theOnly(fake.state.activities).quantity, 125);
  const off = asUser(settings({ clioTimeEntriesEnabled: false }));
  const other = await createCallLog(off, callOf(luke, { durationSeconds: undefined }));
  await updateCallLog(context, updateOf(other.logId, { durationSeconds: 125 }));
  assert.equal(fake.state.activities.length, 1);
});

test("an update costs 4 requests in 2 rounds and keeps what people wrote", async (t) => {
  const { fake, luke, context, costOf } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const communication = theOnly(fake.state.communications);
  const entry = theOnly(fake.state.activities);
  communication.body += "A word from a person\n";
  entry.note = "Advised on the lease\n";
  const cost = await costOf(() =>
    updateCallLog(context, updateOf(logId, { durationSeconds: 90, startedAt: STARTED_AT + 1000, subject: "Lease" })),
  );
  assert.deepEqual(cost.requests.toSorted(), [
    "GET /api/v4/activities.json",
    `GET /api/v4/communications/${logId}.json`,
    `PATCH /api/v4/activities/${entry.id}.json`,
    `PATCH /api/v4/communications/${logId}.json`,
  ]);
  assert.equal(cost.rounds, 2);
  assert.match(communication.body, /A word from a person\n- Note: more\n$/);
  assert.equal(communication.subject, "Lease");
  assert.equal(communication.received_at, new Date(STARTED_AT + 1000).toISOString());
  assert.equal(entry.note, "Advised on the lease\n- Note: more\n");
  assert.equal(entry.quantity, 90);
});

test("a note alone moves neither the time nor the day", async (t) => {
  const { fake, luke, context } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const communication = { ...theOnly(fake.state.communications) };
  const entry = theOnly(fake.state.activities);
  Object.assign(entry, { quantity: 360, date: "2026-03-01" });
  await updateCallLog(context, updateOf(logId));
  assert.equal(theOnly(fake.state.communications).received_at, communication.received_at);
  assert.equal(theOnly(fake.state.communications).subject, communication.subject);
  assert.deepEqual([entry.quantity, entry.date], [360, "2026-03-01"]);
});

test("a time entry on a bill that went out is left alone", async (t) => {
  const { fake, luke, context } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const entry = theOnly(fake.state.activities);
  entry.billed = true;
  await updateCallLog(context, updateOf(logId, { durationSeconds: 90 }));
  assert.equal(entry.quantity, 61);
});

test("a time entry without a matter gets the communication's, one with a matter of its own keeps it", async (t) => {
  const { fake, luke, context } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const communication = theOnly(fake.state.communications);
  const entry = theOnly(fake.state.activities);
  communication.matter = fake.state.addMatter({ client: luke.id }).id;
  await updateCallLog(context, updateOf(logId));
  assert.equal(entry.matter, communication.matter);
  const chosen = fake.state.addMatter({ client: luke.id }).id;
  entry.matter = chosen;
  await updateCallLog(context, updateOf(logId));
  assert.equal(entry.matter, chosen);
});

for (const read of ["communications/*", "activities.json"]) {
  test(`an update writes nothing when reading ${read} fails`, async (t) => {
    const { fake, luke, context } = await connected(t);
    const { logId } = await createCallLog(context, callOf(luke));
    const before = JSON.stringify([fake.state.communications, fake.state.activities]);
    for (const fault of [
      rateLimited(`GET /api/v4/${read}`, 30),
      outOfOrder(`GET /api/v4/${read}`, 503),
      { match: `GET /api/v4/${read}`, kind: "cut" as const },
      { match: `GET /api/v4/${read}`, kind: "malformed" as const },
    ]) {
      fake.faults.order(fault);
      fake.requests.length = 0;
      await failureOf(updateCallLog(context, updateOf(logId, { durationSeconds: 5 })));
      assert.deepEqual(
        fake.requests.filter(({ method }) => method !== "GET"),
        [],
      );
    }
    assert.equal(JSON.stringify([fake.state.communications, fake.state.activities]), before);
    await updateCallLog(context, updateOf(logId, { durationSeconds: 5 }));
    assert.equal(theOnly(fake.state.activities).quantity, 5);
  });
}

test("where one of the two writes fails, the other is finished before the failure is told", async (t) => {
  const { fake, luke, context } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  fake.faults.order(outOfOrder("PATCH /api/v4/activities/*"), {
    match: "PATCH /api/v4/communications/*",
    kind: "delay",
    ms: 60,
  });
  const failure = await failureOf(updateCallLog(context, updateOf(logId)));
  assert.match(failure.userMessage, /^The time entry was not saved/);
  assert.match(theOnly(fake.state.communications).body, /more\n$/);
});

test("a log is loaded for 1 request, with the contact's name and what was chosen", async (t) => {
  const { fake, luke, context, costOf } = await connected(t);
  const matter = fake.state.addMatter({ client: luke.id });
  const submission = { matters: matter.id, billableStatus: "non-billable" };
  const { logId } = await createCallLog(context, callOf(luke, { submission }));
  const cost = await costOf(async () => {
    const loaded = await getCallLog(context, { logId, contactId: String(luke.id) });
    assert.equal(loaded.contactName, "Luke Skywalker");
    assert.equal(loaded.subject, "Inbound call from Luke Skywalker");
    assert.equal(loaded.body, "- Note: cost $& <b>\n- Result: Answered\n");
    assert.deepEqual(loaded.dispositions, { matters: matter.id, billableStatus: "non-billable" });
    assert.equal(loaded.fullLogResponse["id"], Number(logId));
  });
  assert.deepEqual(cost.requests, [`GET /api/v4/communications/${logId}.json`]);
});

test("a log whose contact is gone is loaded without a name", async (t) => {
  const { luke, context } = await connected(t);
  const { logId } = await createCallLog(context, callOf(luke));
  const loaded = await getCallLog(context, { logId, contactId: "4711" });
  assert.ok(!("contactName" in loaded));
});

test("a log that is gone, or that came from elsewhere, is missing and not a riddle", async (t) => {
  const { context } = await connected(t);
  for (const logId of ["4711", "A-17", ""]) {
    assert.equal((await failureOf(getCallLog(context, { logId, contactId: "1" }))).code, "crm-record-missing");
  }
});

test("a record is found again by its marker for 1 request, also when its answer was lost", async (t) => {
  const { fake, luke, context, costOf } = await connected(t);
  const search = { marker: MARKER, contactId: String(luke.id), since: 0 };
  assert.equal(await findCommunication(context, search), undefined);
  fake.faults.order({ match: "POST /api/v4/communications.json", kind: "lost-answer" });
  assert.equal((await failureOf(createCallLog(context, callOf(luke)))).retry, "reconcile");
  const cost = await costOf(async () => {
    const found = await findCommunication(context, search);
    assert.equal(found?.logId, String(theOnly(fake.state.communications).id));
    // The time entry comes after the record, so it cannot be there.
    assert.equal(found.unfinished?.retry, "later");
  });
  assert.deepEqual(cost.requests, ["GET /api/v4/communications.json"]);
});
