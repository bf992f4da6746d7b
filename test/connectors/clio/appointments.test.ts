/** Appointments in Clio: entries of the user's own calendar. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cancelAppointment,
  confirmAppointment,
  createAppointment,
  findAppointments,
  listAppointments,
  refreshAppointment,
  updateAppointment,
} from "../../../src/connectors/clio/appointments.ts";
import type { AppointmentRange, AppointmentToCreate } from "../../../src/sdk/appointments.ts";
import { refusal } from "../../fake-crms/clio/refusals.ts";
import { type Connected, connected, failureOf, MARKER, theOnly } from "./connected.ts";

/** 1 December 2026 at 10 in California. */
const STARTS_AT = Date.UTC(2026, 11, 1, 18);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The first week of December in California. */
const WEEK: AppointmentRange = {
  startDate: "2026-12-01",
  endDate: "2026-12-07",
  from: Date.UTC(2026, 11, 1, 8),
  to: Date.UTC(2026, 11, 8, 8),
};

function meeting(changes: Partial<AppointmentToCreate> = {}): AppointmentToCreate {
  const wish = { title: "Screening", summary: "Bring the deed", startsAt: STARTS_AT, durationMinutes: 45 };
  return { marker: MARKER, contacts: [], ...wish, ...changes };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Puts an entry into Ann's calendar as people do in Clio itself. */
function entryOf({ fake, ann }: Connected, startsAt: number, minutes: number, more: object = {}) {
  const calendar = fake.state.calendarOf(ann).id;
  const times = { start_at: iso(startsAt), end_at: iso(startsAt + minutes * MINUTE) };
  return fake.state.addCalendarEntry({ calendar, ...times, ...more });
}

const titlesOf = (shown: readonly { title: string }[]) => shown.map(({ title }) => title);

test("an appointment is put into the user's own calendar, under our mark, without an e-mail: 2 requests", async (t) => {
  const { ann, fake, luke, context, costOf } = await connected(t);
  const contacts = [{ id: String(luke.id), type: "Person" }, { id: String(luke.id) }];
  const cost = await costOf(() => createAppointment(context, meeting({ contacts })));
  assert.deepEqual(cost.requests, ["GET /api/v4/calendars.json", "POST /api/v4/calendar_entries.json"]);
  const { id, version: _, external_properties: properties, ...entry } = theOnly(fake.state.calendarEntries);
  assert.deepEqual(entry, {
    calendar: fake.state.calendarOf(ann).id,
    summary: "Screening",
    description: "Bring the deed",
    start_at: "2026-12-01T18:00:00.000Z",
    end_at: "2026-12-01T18:45:00.000Z",
    all_day: false,
    recurrence_rule: null,
    parent_calendar_entry_id: null,
    attendees: [{ id: luke.id, type: "Contact" }],
    matter: null,
    notified: false,
  });
  assert.deepEqual([theOnly(properties).name, theOnly(properties).value], ["trunkline", MARKER]);
  assert.deepEqual(await refreshAppointment(context, { id: String(id) }), {
    id: String(id),
    title: "Screening",
    summary: "Bring the deed",
    startsAt: STARTS_AT,
    durationMinutes: 45,
    status: "scheduled",
    attendees: [{ id: String(luke.id), type: "Contact", name: "Luke Skywalker" }],
  });
});

test("the list holds what touches the range in the user's own calendar, and nothing else", async (t) => {
  const here = await connected(t);
  const { fake, context, costOf } = here;
  const { from, to } = WEEK;
  const [firm] = fake.state.calendars;
  const [, ben] = fake.state.users;
  assert.ok(firm && ben);
  entryOf(here, from - HOUR, 60, { summary: "ends where it begins" });
  entryOf(here, from - HOUR, 61, { summary: "lasts into it" });
  entryOf(here, from, 0, { summary: "at its first moment" });
  entryOf(here, to - MINUTE, 60, { summary: "in its last minute" });
  entryOf(here, to, 60, { summary: "after it" });
  entryOf(here, from, 60, { summary: "the firm's", calendar: firm.id });
  const bens = fake.state.calendarOf(ben).id;
  entryOf(here, from, 60, { summary: "a colleague's", calendar: bens });
  const invited = [{ id: fake.state.calendarOf(here.ann).id, type: "Calendar" as const }];
  entryOf(here, from + HOUR, 30, { summary: "by invitation", calendar: bens, attendees: invited });
  let shown: string[] = [];
  const cost = await costOf(async () => void (shown = titlesOf(await listAppointments(context, WEEK))));
  assert.deepEqual(shown.toSorted(), ["at its first moment", "by invitation", "in its last minute", "lasts into it"]);
  assert.deepEqual(cost.requests, ["GET /api/v4/calendars.json", "GET /api/v4/calendar_entries.json"]);
});

test("a long list is read to its end", async (t) => {
  const here = await connected(t, { largestPage: 2 });
  for (const hour of [1, 2, 3, 4, 5]) entryOf(here, STARTS_AT + hour * HOUR, 30, { summary: `number ${hour}` });
  const shown = titlesOf(await listAppointments(here.context, WEEK));
  assert.deepEqual(shown, ["number 1", "number 2", "number 3", "number 4", "number 5"]);
});

test("a whole day is one of 24 hours, also where it ends when it begins, and stays one until its time changes", async (t) => {
  const here = await connected(t);
  const { context } = here;
  const one = entryOf(here, WEEK.from, 24 * 60, { all_day: true });
  const other = entryOf(here, WEEK.from + DAY, 0, { all_day: true });
  const shown = await listAppointments(context, WEEK);
  assert.deepEqual(
    shown.map(({ durationMinutes }) => durationMinutes),
    [1440, 1440],
  );
  const id = String(other.id);
  await updateAppointment(context, { id, title: "Hearing", startsAt: WEEK.from + DAY, durationMinutes: 1440 });
  assert.deepEqual([other.all_day, other.summary, other.end_at], [true, "Hearing", other.start_at]);
  await updateAppointment(context, { id: String(one.id), startsAt: STARTS_AT, durationMinutes: 60 });
  assert.deepEqual([one.all_day, one.start_at, one.end_at], [false, iso(STARTS_AT), iso(STARTS_AT + HOUR)]);
});

test("a change leaves what it does not name as it is: 2 requests, and 1 where nothing changes", async (t) => {
  const here = await connected(t);
  const { fake, luke, context, costOf } = here;
  const matter = fake.state.addMatter({ client: luke.id }).id;
  const entry = entryOf(here, STARTS_AT, 30, { description: "Bring the deed", matter });
  const id = String(entry.id);
  const cost = await costOf(() =>
    updateAppointment(context, { id, title: "Moved", startsAt: STARTS_AT + DAY, durationMinutes: 60 }),
  );
  const address = `/api/v4/calendar_entries/${id}.json`;
  assert.deepEqual(cost.requests, [`GET ${address}`, `PATCH ${address}`]);
  const { summary, description, start_at, end_at } = entry;
  assert.deepEqual(
    [summary, description, start_at, end_at, entry.matter],
    ["Moved", "Bring the deed", iso(STARTS_AT + DAY), iso(STARTS_AT + DAY + HOUR), matter],
  );
  const nothing = await costOf(() =>
    updateAppointment(context, { id, startsAt: STARTS_AT + DAY, durationMinutes: 60, contacts: [] }),
  );
  assert.deepEqual(nothing.requests, [`GET ${address}`]);
});

test("other contacts take the place of those who attended; colleagues stay", async (t) => {
  const here = await connected(t);
  const { ann, fake, luke, context } = here;
  const leia = fake.state.addContact({ name: "Leia Organa", email: "leia@alderaan.example" });
  const han = fake.state.addContact({ name: "Han Solo" });
  const colleague = { id: fake.state.calendarOf(ann).id, type: "Calendar" as const };
  const attendees = [colleague, ...[luke.id, han.id].map((one) => ({ id: one, type: "Contact" as const }))];
  const entry = entryOf(here, STARTS_AT, 30, { attendees });
  const contacts = [{ id: String(han.id) }, { id: String(leia.id), type: "Contact" }];
  const changed = await updateAppointment(context, { id: String(entry.id), contacts });
  assert.deepEqual(entry.attendees, [colleague, { id: han.id, type: "Contact" }, { id: leia.id, type: "Contact" }]);
  assert.deepEqual(changed.attendees, [
    { id: String(han.id), type: "Contact", name: "Han Solo" },
    { id: String(leia.id), type: "Contact", name: "Leia Organa", email: "leia@alderaan.example" },
  ]);
});

test("a change by somebody else in the same moment is not written over: it is read again", async (t) => {
  const here = await connected(t);
  const { fake, luke, context, costOf } = here;
  const leia = fake.state.addContact({ name: "Leia Organa" });
  const attendees = [{ id: luke.id, type: "Contact" as const }];
  const entry = entryOf(here, STARTS_AT, 30, { attendees });
  const id = String(entry.id);
  const address = `/api/v4/calendar_entries/${id}.json`;
  // What happens between our reading and our writing: Luke is taken out, in Clio itself.
  const reading = fake.requests.length;
  const meanwhile = async () => {
    while (!fake.requests.slice(reading).some(({ status }) => status === 200)) await new Promise(setImmediate);
    Object.assign(entry, { attendees: [], version: entry.version + 1 });
  };
  const contacts = [{ id: String(leia.id) }];
  const cost = await costOf(() => Promise.all([updateAppointment(context, { id, contacts }), meanwhile()]));
  assert.deepEqual(cost.requests, [`GET ${address}`, `PATCH ${address}`, `GET ${address}`, `PATCH ${address}`]);
  assert.deepEqual(entry.attendees, [{ id: leia.id, type: "Contact" }]);

  const overtaken = { kind: "answer", status: 412, body: refusal(412, "The resource has changed") } as const;
  fake.faults.order({ ...overtaken, match: `PATCH ${address}`, times: 2 });
  const failure = await failureOf(updateAppointment(context, { id, title: "Mine" }));
  assert.equal(
    failure.userMessage,
    "Somebody else is changing this appointment in Clio. Please look at it and try again.",
  );
  assert.equal(entry.summary, "Meeting");
});

test("what Clio has no place for is kept beside the entry, and the answer says so", async (t) => {
  const here = await connected(t);
  const { context } = here;
  const entry = entryOf(here, STARTS_AT, 30);
  const id = String(entry.id);
  const { appointment, said } = await confirmAppointment(context, { id });
  assert.equal(appointment?.status, "confirmed");
  assert.match(said ?? "", /Clio's own calendar does not show it\.$/);
  assert.equal((await refreshAppointment(context, { id })).status, "confirmed");
  await updateAppointment(context, { id, status: "scheduled" });
  assert.deepEqual(
    [theOnly(entry.external_properties).name, theOnly(entry.external_properties).value],
    ["trunkline-status", "scheduled"],
  );
  for (const [status, says] of [
    ["tentative", /no status of its own; here an appointment is scheduled or confirmed, nothing else\.$/],
    ["cancelled", /cancel it instead, and it is deleted\.$/],
  ] as const) {
    const failure = await failureOf(updateAppointment(context, { id, status }));
    assert.equal(failure.code, "unsupported");
    assert.match(failure.userMessage, says);
  }
});

test("calling off deletes the entry: 2 requests", async (t) => {
  const here = await connected(t);
  const { fake, context, costOf } = here;
  const id = String(entryOf(here, STARTS_AT, 30).id);
  let said: string | undefined;
  const cost = await costOf(async () => void ({ said } = await cancelAppointment(context, { id })));
  assert.equal(said, "Appointment cancelled: it was deleted from your calendar in Clio.");
  assert.deepEqual(fake.state.calendarEntries, []);
  assert.equal(cost.requests.length, 2);
  assert.equal((await failureOf(cancelAppointment(context, { id }))).code, "crm-record-missing");
});

test("a series is shown once for each date, and none of them is changed or deleted with the others", async (t) => {
  const here = await connected(t);
  const { fake, context, costOf } = here;
  const series = entryOf(here, STARTS_AT, 30, { recurrence_rule: "FREQ=DAILY;COUNT=9" });
  const moved = entryOf(here, STARTS_AT, 30, { parent_calendar_entry_id: series.id });
  const shown = await listAppointments(context, WEEK);
  assert.equal(shown.length, 8);
  assert.equal(new Set(shown.map(({ id }) => id)).size, 8);
  assert.deepEqual(
    new Set(shown.map(({ startsAt = 0 }) => (startsAt - STARTS_AT) / DAY)),
    new Set([0, 1, 2, 3, 4, 5, 6]),
  );
  const ids = [String(series.id), String(moved.id), shown[0]?.id ?? ""];
  const before = structuredClone(fake.state.calendarEntries);
  const cost = await costOf(async () => {
    for (const id of ids) {
      for (const work of [updateAppointment(context, { id, title: "One" }), cancelAppointment(context, { id })]) {
        const failure = await failureOf(work);
        assert.match(failure.userMessage, /one of a series\. Please change it in Clio itself\.$/);
      }
    }
  });
  assert.ok(cost.requests.every((line) => line.startsWith("GET ")));
  assert.deepEqual(fake.state.calendarEntries, before);
});

test("only what bears our mark is found by it", async (t) => {
  const here = await connected(t);
  const { fake, context } = here;
  const { id } = await createAppointment(context, meeting());
  await createAppointment(context, meeting({ marker: "trunkline:another" }));
  const found = await findAppointments(context, { marker: MARKER });
  assert.deepEqual(
    found.map((one) => one.id),
    [id],
  );
  const ignored = { data: [{ id: "1", external_properties: [] }] };
  fake.faults.order({ match: "GET /api/v4/calendar_entries.json", kind: "answer", status: 200, body: ignored });
  assert.deepEqual(await findAppointments(context, { marker: MARKER }), []);
});

test("an app without the permission, and an entry that is somebody else's, are refused in words", async (t) => {
  const here = await connected(t);
  const { ann, fake, context } = here;
  const forbidden = {
    kind: "answer",
    status: 403,
    body: refusal(403, "User is forbidden from taking that action"),
  } as const;
  fake.faults.order({ ...forbidden, match: "GET /api/v4/calendars.json" });
  const failure = await failureOf(listAppointments(context, WEEK));
  assert.equal(failure.code, "crm-forbids");
  assert.match(failure.userMessage, /lacks the permission “Calendars” \(write\), and you have to connect again/);
  const [, ben] = fake.state.users;
  assert.ok(ben);
  const calendar = fake.state.calendarOf(ben).id;
  const hidden = entryOf(here, STARTS_AT, 30, { calendar });
  assert.equal((await failureOf(cancelAppointment(context, { id: String(hidden.id) }))).code, "crm-record-missing");
  const invited = [{ id: fake.state.calendarOf(ann).id, type: "Calendar" as const }];
  const bens = entryOf(here, STARTS_AT, 30, { calendar, attendees: invited });
  assert.equal(
    (await failureOf(updateAppointment(context, { id: String(bens.id), title: "Mine" }))).code,
    "crm-forbids",
  );
});

test("who has no calendar of their own is told so, and nothing is created", async (t) => {
  const { fake, context } = await connected(t);
  fake.state.calendars.length = 0;
  const failure = await failureOf(createAppointment(context, meeting()));
  assert.equal(failure.userMessage, "You have no calendar of your own in Clio that can be written to.");
});
