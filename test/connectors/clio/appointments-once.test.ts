/** Appointments in Clio through the client's routes: there once, whatever became of the answers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { outOfOrder } from "../../fake-crms/clio/refusals.ts";
import { linesOf } from "../../fake-crms/support/recorded-request.ts";
import { type ConnectedExtension, connectedExtension, objectIn, objectsIn } from "./connected-extension.ts";

const MEETING = {
  title: "Screening",
  summary: "Bring the deed",
  startTimeUtc: "2026-12-01T10:00:00-08:00",
  durationMinutes: 45,
};
const CREATION = "POST /api/v4/calendar_entries.json";

async function posted({ ask, luke }: ConnectedExtension) {
  const answer = await ask("POST", "/appointments", { payload: { ...MEETING, contacts: [{ id: luke.id }] } });
  const { appointmentId, returnMessage, successful } = answer.json;
  return { successful, id: appointmentId, message: String(objectIn(returnMessage)["message"]) };
}

function creations({ fake }: ConnectedExtension): number {
  return linesOf(fake.requests).filter((line) => line === CREATION).length;
}

test("a creation whose answer was lost is found again, and answered as done", async (t) => {
  const ann = await connectedExtension(t);
  ann.fake.faults.order({ match: CREATION, kind: "lost-answer" });
  const first = await posted(ann);
  assert.equal(first.successful, true, first.message);
  assert.equal((await posted(ann)).id, first.id);
  assert.equal(ann.fake.state.calendarEntries.length, 1);
  assert.equal(creations(ann), 1);
});

test("what was posted again after a failure is there once", async (t) => {
  const ann = await connectedExtension(t);
  ann.fake.faults.order(outOfOrder(CREATION));
  const refused = await posted(ann);
  assert.deepEqual([refused.successful, ann.fake.state.calendarEntries.length], [false, 0]);
  const [one, other] = await Promise.all([posted(ann), posted(ann)]);
  assert.equal(one.id, other.id);
  assert.equal(ann.fake.state.calendarEntries.length, 1);
});

test("nothing is posted again while a gateway's word leaves it open whether Clio is still at work", async (t) => {
  const ann = await connectedExtension(t);
  ann.fake.faults.order(outOfOrder(CREATION, 504));
  for (const _ of ["first", "again"]) {
    const { successful, message } = await posted(ann);
    assert.equal(successful, false);
    assert.match(
      message,
      /^Clio has not said whether the appointment is in your calendar.*it will not be put there twice\.$/,
    );
  }
  assert.equal(creations(ann), 1);
});

test("where nobody can look, nothing is created", async (t) => {
  const ann = await connectedExtension(t);
  ann.fake.faults.order(outOfOrder("GET /api/v4/calendar_entries.json"));
  assert.equal((await posted(ann)).successful, false);
  assert.equal(creations(ann), 0);
});

test("a whole appointment costs 3 requests to create, 2 to list, 2 to change, 2 to call off, and each says what was done", async (t) => {
  const ann = await connectedExtension(t);
  const costOf = async (method: string, path: string, body?: unknown) => {
    ann.fake.requests.length = 0;
    const { json, text } = await ann.ask(method, path, body);
    assert.equal(json["successful"], true, text);
    const { returnMessage } = json;
    const said = returnMessage === undefined ? "" : String(objectIn(returnMessage)["message"]);
    return [ann.fake.requests.length, said];
  };
  assert.deepEqual(await costOf("POST", "/appointments", MEETING), [3, "Appointment created in Clio."]);
  const id = String(ann.fake.state.calendarEntries[0]?.id);
  assert.deepEqual(await costOf("GET", "/appointments?startDate=2026-12-01&endDate=2026-12-01"), [2, ""]);
  assert.deepEqual(await costOf("PATCH", `/appointments/${id}`, { title: "Later" }), [
    2,
    "Appointment changed in Clio.",
  ]);
  assert.deepEqual(await costOf("GET", `/appointments/${id}/refresh`), [1, "Appointment read in Clio."]);
  const [requests, said] = await costOf("POST", `/appointments/${id}/confirm`);
  assert.deepEqual([requests, String(said).startsWith("Appointment confirmed.")], [2, true]);
  const cancelled = "Appointment cancelled: it was deleted from your calendar in Clio.";
  assert.deepEqual(await costOf("POST", `/appointments/${id}/cancel`), [2, cancelled]);
});

test("days are those of the user's own time zone, and moments are UTC", async (t) => {
  const ann = await connectedExtension(t);
  await posted(ann);
  const shown = async (day: string) =>
    objectsIn((await ann.ask("GET", `/appointments?startDate=${day}&endDate=${day}`)).json["appointments"]);
  // Ten in the evening in California is the next day in UTC.
  await ann.ask("POST", "/appointments", { ...MEETING, title: "Late", startTimeUtc: "2026-12-02T06:00:00Z" });
  const first = await shown("2026-12-01");
  assert.deepEqual(
    first.map(({ title, startTimeUtc, durationMinutes, contactId }) => [
      title,
      startTimeUtc,
      durationMinutes,
      contactId,
    ]),
    [
      ["Screening", "2026-12-01T18:00:00.000Z", 45, String(ann.luke.id)],
      ["Late", "2026-12-02T06:00:00.000Z", 45, undefined],
    ],
  );
  assert.deepEqual(await shown("2026-12-02"), []);
});
