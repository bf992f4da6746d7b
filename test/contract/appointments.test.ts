/** Appointments: the CRM's own calendar, seen and changed through the client. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Members } from "../../src/app-connect/exports.ts";
import { demo } from "../../src/connectors/demo/index.ts";
import { defineConnector } from "../../src/sdk/connector.ts";
import type { JsonObject } from "../../src/store/json.ts";
import { connectorWith, withAdapted } from "../app-connect/adapted.ts";
import { askCrm, setFaults, type WireAnswer } from "../support/trunkline.ts";
import { connectedExtension, type Extension, noticeOf, objectOf, objectsOf, textOf } from "./extension.ts";

const MEETING = {
  title: "Call about the X-wings",
  summary: "Bring the plans",
  startTimeUtc: "2026-12-01T10:00:00+01:00",
  durationMinutes: 30,
  contacts: [{ id: 1, type: "Contact" }],
};

async function created(who: Extension, more: object = {}): Promise<string> {
  const answer = await who.ask("POST /appointments", "", { payload: { ...MEETING, ...more } });
  assert.equal(answer.json["successful"], true, answer.text);
  return textOf(answer.json["appointmentId"]);
}

async function titles(who: Extension, query: string): Promise<unknown[]> {
  return objectsOf((await who.ask("GET /appointments", query)).json["appointments"]).map(({ title }) => title);
}

const shownIn = (answer: WireAnswer): JsonObject => objectOf(answer.json["appointment"]);

test("an appointment is put into the CRM's calendar and shown as it stands there", async (t) => {
  const ann = await connectedExtension(t);
  const id = await created(ann);
  const inCrm = await askCrm(ann.running, "GET", `/api/appointments/${id}`);
  assert.deepEqual([inCrm["title"], inCrm["description"]], [MEETING.title, MEETING.summary]);
  assert.equal(inCrm["startsAt"], "2026-12-01T09:00:00.000Z");
  const { attendees, ...shown } = shownIn(await ann.ask(`GET /appointments/${id}/refresh`));
  assert.deepEqual(shown, {
    id,
    thirdPartyAppointmentId: id,
    title: MEETING.title,
    description: MEETING.summary,
    summary: MEETING.summary,
    participantName: "Luke Skywalker",
    startTimeUtc: "2026-12-01T09:00:00.000Z",
    durationMinutes: 30,
    status: "scheduled",
    contactId: "1",
    contactType: "Contact",
    attendeeIds: ["1"],
  });
  assert.equal(objectsOf(attendees)[0]?.["name"], "Luke Skywalker");
});

test("a change leaves everything else as it was; start and duration come together", async (t) => {
  const ann = await connectedExtension(t);
  const id = await created(ann);
  const moved = await ann.ask(`PATCH /appointments/${id}`, "", {
    startTimeUtc: "2026-12-02T09:00:00Z",
    durationMinutes: 60,
  });
  const { startTimeUtc, title, attendeeIds, durationMinutes } = shownIn(moved);
  assert.deepEqual(
    [startTimeUtc, title, attendeeIds, durationMinutes],
    ["2026-12-02T09:00:00.000Z", MEETING.title, ["1"], 60],
  );
  const older = { patch: { startTime: "2026-12-03T09:00:00Z", durationMinutes: 15, contacts: [] } };
  const again = shownIn(await ann.ask(`PATCH /appointments/${id}`, "", older));
  assert.deepEqual([again["startTimeUtc"], again["attendeeIds"]], ["2026-12-03T09:00:00.000Z", []]);
  for (const [body, says] of [
    [{ startTimeUtc: "2026-12-03T09:00:00Z" }, "durationMinutes is required together with startTimeUtc."],
    [
      { startTimeUtc: "2026-12-03T09:00", durationMinutes: 5 },
      /^startTimeUtc must be an ISO 8601 time with its offset/,
    ],
    [{ colour: "red" }, /^The body must hold at least one of title/],
  ] as const) {
    const refused = await ann.ask(`PATCH /appointments/${id}`, "", body);
    assert.equal(refused.status, 400, refused.text);
    if (typeof says === "string") assert.equal(refused.text, says);
    else assert.match(refused.text, says);
  }
});

test("it is confirmed, called off, and given a status that the CRM knows", async (t) => {
  const ann = await connectedExtension(t);
  const id = await created(ann);
  const status = async (route: string, body?: object) => shownIn(await ann.ask(route, "", body))["status"];
  assert.equal(await status(`POST /appointments/${id}/confirm`), "confirmed");
  assert.equal(await status(`POST /appointments/${id}/status`, { status: "Scheduled" }), "scheduled");
  assert.equal(await status(`POST /appointments/${id}/cancel`), "cancelled");
  const refused = await ann.ask(`POST /appointments/${id}/status`, "", { status: "late" });
  assert.equal(refused.json["successful"], false);
  assert.match(noticeOf(refused).message, /scheduled, confirmed, cancelled, nothing else/);
});

test("days are those of the user, and the last one belongs to the range", async (t) => {
  const ann = await connectedExtension(t);
  // Ann is in Los Angeles: the last minutes of 7 March are early on the 8th in UTC, and that night the clocks go forward.
  await created(ann, { title: "first minute", startTimeUtc: "2027-03-13T08:00:00Z" });
  await created(ann, { title: "last minute", startTimeUtc: "2027-03-15T06:59:00Z" });
  await created(ann, { title: "day before", startTimeUtc: "2027-03-13T07:59:00Z" });
  await created(ann, { title: "day after", startTimeUtc: "2027-03-15T07:00:00Z" });
  assert.deepEqual(await titles(ann, "startDate=2027-03-13&endDate=2027-03-14"), ["first minute", "last minute"]);
  assert.deepEqual(await titles(ann, ""), []);
  await created(ann, { title: "tomorrow", startTimeUtc: new Date(Date.now() + 86_400_000).toISOString() });
  assert.deepEqual(await titles(ann, ""), ["tomorrow"]);
  for (const [query, says] of [
    ["startDate=2026-12-01", "endDate is required with startDate."],
    ["startDate=2026-02-30&endDate=2026-03-01", "startDate must be a day such as 2026-11-24."],
    ["startDate=2026-12-02&endDate=2026-12-01", "endDate must not be before startDate."],
    ["startDate=2026-01-01&endDate=2028-01-01", "endDate must be within 366 days."],
  ] as const) {
    const refused = await ann.ask("GET /appointments", query);
    assert.deepEqual([refused.status, refused.text], [400, says]);
  }
});

test("nobody sees or changes a colleague's appointment", async (t) => {
  const ann = await connectedExtension(t);
  const ben = await ann.logIn("demo-key-2");
  const id = await created(ann);
  assert.deepEqual(await titles(ben, "startDate=2026-12-01&endDate=2026-12-31"), []);
  assert.equal((await ben.ask(`POST /appointments/${id}/cancel`)).json["successful"], false);
  assert.equal(shownIn(await ann.ask(`GET /appointments/${id}/refresh`))["status"], "scheduled");
});

const OF_MEETING = "startDate=2026-12-01&endDate=2026-12-01";

test("a creation whose answer was lost is found, and posted again it stands there once", async (t) => {
  const ann = await connectedExtension(t);
  await setFaults(ann.running, { match: "POST /api/appointments", kind: "timeout-after-write", times: 1 });
  const id = await created(ann);
  assert.equal(await created(ann), id);
  assert.deepEqual(await titles(ann, OF_MEETING), [MEETING.title]);
});

test("the same appointment posted twice at the same time stands there once", async (t) => {
  const ann = await connectedExtension(t);
  const ben = await ann.logIn("demo-key-2");
  const [one, other, bens] = await Promise.all([created(ann), created(ann), created(ben)]);
  assert.equal(one, other);
  assert.notEqual(bens, one);
  assert.deepEqual(await titles(ann, OF_MEETING), [MEETING.title]);
});

test("what was moved or called off since does not stand for a new one", async (t) => {
  const ann = await connectedExtension(t);
  const moved = await created(ann);
  await ann.ask(`PATCH /appointments/${moved}`, "", { startTimeUtc: "2026-12-02T09:00:00Z", durationMinutes: 30 });
  const second = await created(ann);
  await ann.ask(`POST /appointments/${second}/cancel`);
  const third = await created(ann);
  assert.equal(new Set([moved, second, third]).size, 3);
});

test("where nothing can be looked for, a lost creation is not offered to be tried again blindly", async (t) => {
  const { findAppointments: _, ...without } = demo;
  const ann = await connectedExtension(t, { connectors: [defineConnector(without)] });
  await setFaults(ann.running, { match: "POST /api/appointments", kind: "timeout-after-write", times: 1 });
  const answer = await ann.ask("POST /appointments", "", MEETING);
  assert.equal(answer.json["successful"], false);
  assert.match(
    noticeOf(answer).message,
    /may be in your calendar all the same: please look there before you try again\.$/,
  );
  assert.deepEqual(await titles(ann, OF_MEETING), [MEETING.title]);
});

test("a connector without a calendar says so, before and when it is asked", async (t) => {
  const { listAppointments: _l, createAppointment: _c, cancelAppointment: _x, ...without } = demo;
  const ann = await connectedExtension(t, { connectors: [defineConnector(without)] });
  const interfaces = await ann.ask("GET /implementedInterfaces", "platform=demo");
  assert.deepEqual([interfaces.json["listAppointments"], interfaces.json["updateAppointment"]], [false, true]);
  for (const [route, body] of [
    ["GET /appointments"],
    ["POST /appointments", MEETING],
    ["POST /appointments/1/cancel"],
  ] as const) {
    const refused = await ann.ask(route, "", body);
    assert.equal(refused.json["successful"], false, refused.text);
    assert.match(
      noticeOf(refused).message,
      /^The connector for Demo CRM does not (?:show|create|cancel) appointments\.$/,
    );
  }
});

test("a connector written for App Connect is handed what its own server hands over", async (t) => {
  const given: Record<string, Members> = {};
  const told = {
    id: 7,
    title: "Screen",
    description: "Talk",
    startTimeUtc: "2026-12-01T09:00:00.000Z",
    durationMinutes: 45,
    contactId: 501,
    contactType: "Candidate",
  };
  const answering = (name: string, answer: object) => (input: Members) => {
    given[name] = input;
    return answer;
  };
  const connector = await connectorWith({
    listAppointments: answering("list", { successful: true, appointments: [told] }),
    createAppointment: answering("create", { successful: true, appointmentId: 8 }),
    updateAppointment: answering("update", { successful: true, appointmentId: 7, appointment: told }),
    cancelAppointment: answering("cancel", { successful: true, appointmentId: 7 }),
    refreshAppointment: answering("refresh", { successful: false, returnMessage: { message: "It is gone." } }),
  });
  const { ask } = await withAdapted(t, connector);
  const list = await ask("GET", "/appointments?startDate=2026-12-01&endDate=2026-12-02");
  const [first] = objectsOf(list.json["appointments"]);
  assert.deepEqual([first?.["id"], first?.["contactId"], first?.["description"]], ["7", "501", "Talk"]);
  assert.deepEqual(given["list"]?.["range"], { startDate: "2026-12-01", endDate: "2026-12-02" });
  const made = await ask("POST", "/appointments", { payload: MEETING });
  assert.deepEqual([made.json["appointmentId"], shownIn(made)["title"]], ["8", MEETING.title]);
  assert.deepEqual(given["create"]?.["payload"], {
    ...MEETING,
    startTimeUtc: "2026-12-01T09:00:00.000Z",
    contacts: [{ id: "1", type: "Contact" }],
  });
  await ask("POST", "/appointments/7/status", { status: "TENTATIVE" });
  assert.deepEqual(
    [given["update"]?.["appointmentId"], given["update"]?.["patchBody"]],
    ["7", { status: "tentative" }],
  );
  const cancelled = await ask("POST", "/appointments/7/cancel");
  assert.deepEqual([cancelled.json["successful"], cancelled.json["appointmentId"]], [true, "7"]);
  assert.match((await ask("GET", "/appointments/7/refresh")).text, /"successful":false.*It is gone\./);
  assert.match((await ask("POST", "/appointments/7/confirm")).text, /does not confirm appointments/);
});
