/** Activities, notes and deals over HTTP. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Type } from "typebox";

import { Activity } from "../../src/demo-crm/store/activities.ts";
import { Deal } from "../../src/demo-crm/store/deals.ts";
import { Note } from "../../src/demo-crm/store/notes.ts";
import { PageOf } from "../../src/demo-crm/store/paging.ts";
import { User } from "../../src/demo-crm/store/users.ts";
import { type RunningCrm, runCrm } from "./running-crm.ts";

const Activities = PageOf(Activity);
const Deals = PageOf(Deal);
const Notes = PageOf(Note);

async function logged(crm: RunningCrm, json: object): Promise<Activity> {
  const answer = await crm.send("POST /api/activities", { json });
  assert.equal(answer.status, 201, answer.text);
  return answer.as(Activity);
}

async function ids(crm: RunningCrm, query: string): Promise<string[]> {
  return (await crm.send(`GET /api/activities?${query}`)).as(Activities).items.map(({ id }) => id);
}

test("an activity comes back as it was logged, its start as an ISO time", async (t) => {
  const crm = await runCrm(t);
  const call = {
    contactId: "1",
    type: "Call",
    subject: "Inbound call",
    body: "- Note: <b>& 'öüß'\u2028\n",
    startedAt: 1_771_000_000_000,
    durationSeconds: 95,
    dealId: "1",
    externalId: "session-1",
  };
  const { id, createdAt, updatedAt, ...rest } = await logged(crm, call);
  assert.deepEqual(rest, { ...call, startedAt: "2026-02-13T16:26:40.000Z", ownerId: "1" });
  assert.equal(createdAt, updatedAt);
  assert.equal((await crm.send(`GET /api/activities/${id}`)).as(Activity).body, call.body);
});

test("an activity belongs to whoever logged it, or to a colleague who is there", async (t) => {
  const crm = await runCrm(t);
  const { items } = (await crm.send("GET /api/users")).as(Type.Object({ items: Type.Array(User) }));
  assert.deepEqual(
    items.map(({ id, name }) => [id, name]),
    [
      ["1", "Ann Operator"],
      ["2", "Ben Backup"],
    ],
  );
  assert.equal((await logged(crm, { contactId: "1", ownerId: "2" })).ownerId, "2");
  const nobody = await crm.send("POST /api/activities", { json: { contactId: "1", ownerId: "3" } });
  assert.equal(nobody.status, 400);
  assert.match(nobody.text, /ownerId names no user/);
});

test("only the contact is required, and a transcript of megabytes is kept whole", async (t) => {
  const crm = await runCrm(t);
  const body = "word ".repeat(700_000);
  const { id, startedAt, durationSeconds, dealId, externalId } = await logged(crm, { contactId: "2", body });
  assert.deepEqual([startedAt, durationSeconds, dealId, externalId], [null, null, null, null]);
  assert.equal((await crm.send(`GET /api/activities/${id}`)).as(Activity).body, body);
});

test("an external id is no key: two activities may carry the same one", async (t) => {
  const crm = await runCrm(t);
  const one = await logged(crm, { contactId: "1", externalId: "twice" });
  const two = await logged(crm, { contactId: "2", externalId: "twice" });
  await logged(crm, { contactId: "1", externalId: "once" });
  assert.deepEqual(await ids(crm, "externalId=twice"), [one.id, two.id]);
  assert.deepEqual(await ids(crm, "externalId=twice&contactId=2"), [two.id]);
  assert.deepEqual(await ids(crm, "contactId=none"), []);
});

test("since keeps what was created then or later, as an ISO time or in milliseconds", async (t) => {
  const crm = await runCrm(t);
  const { id, createdAt } = await logged(crm, { contactId: "1", startedAt: "2001-01-01" });
  const at = Date.parse(createdAt);
  assert.deepEqual(await ids(crm, `since=${createdAt}`), [id]);
  assert.deepEqual(await ids(crm, `since=${at}`), [id]);
  assert.deepEqual(await ids(crm, `since=${at + 1}`), []);
});

test("a change touches only what it names; the external id and the creation stay", async (t) => {
  const crm = await runCrm(t);
  const before = await logged(crm, {
    contactId: "1",
    subject: "a",
    body: "b",
    durationSeconds: 5,
    externalId: "e",
    dealId: "1",
  });
  const json = { body: "c", dealId: null, startedAt: "2026-01-02T03:04:05+01:00", externalId: "other", id: "77" };
  const after = (await crm.send(`PATCH /api/activities/${before.id}`, { json })).as(Activity);
  const { updatedAt } = after;
  assert.deepEqual(after, { ...before, body: "c", dealId: null, startedAt: "2026-01-02T02:04:05.000Z", updatedAt });
});

test("a deleted activity is gone and its id does not come back", async (t) => {
  const crm = await runCrm(t);
  const { id } = await logged(crm, { contactId: "1" });
  assert.deepEqual((await crm.send(`DELETE /api/activities/${id}`)).json(), { id, deleted: true });
  assert.equal((await crm.send(`GET /api/activities/${id}`)).status, 404);
  assert.equal((await crm.send(`DELETE /api/activities/${id}`)).status, 404);
  assert.notEqual((await logged(crm, { contactId: "1" })).id, id);
});

const refused: [request: string, json: unknown, sentence: string][] = [
  ["POST /api/activities", {}, "contactId is required."],
  ["POST /api/activities", { contactId: "999" }, "contactId names no contact: there is none with the id 999."],
  ["POST /api/activities", { contactId: "1", dealId: "x" }, "dealId names no deal: there is none with the id x."],
  ["POST /api/activities", { contactId: "1", durationSeconds: 1.5 }, "durationSeconds must be a whole number or null."],
  ["POST /api/activities", { contactId: "1", durationSeconds: -1 }, "durationSeconds must be at least 0."],
  ["POST /api/notes", { contactId: "999", text: "" }, "contactId names no contact: there is none with the id 999."],
  ["POST /api/notes", { contactId: "1" }, "text is required."],
];
const time = "must be an ISO 8601 time with its zone, or milliseconds since 1970.";
for (const startedAt of ["yesterday", "2026-02-30T00:00:00Z", "2026-01-01T10:00:00", "", -1, 1e17]) {
  refused.push(["POST /api/activities", { contactId: "1", startedAt }, `startedAt ${time}`]);
}
refused.push(["GET /api/activities?since=soon", undefined, `since ${time}`]);

test("what is malformed or points nowhere is refused by name, and nothing is written", async (t) => {
  const crm = await runCrm(t);
  for (const [request, json, error] of refused) {
    const answer = await crm.send(request, { json });
    assert.deepEqual([answer.status, answer.json()], [400, { error }], request);
  }
  const { id } = await logged(crm, { contactId: "1" });
  assert.equal((await crm.send(`PATCH /api/activities/${id}`, { json: { contactId: "999", body: "x" } })).status, 400);
  const { items } = (await crm.send("GET /api/activities")).as(Activities);
  assert.deepEqual(
    items.map(({ body }) => body),
    [""],
  );
});

test("deals belong to contacts: two to choose from, one, only closed ones, or none", async (t) => {
  const crm = await runCrm(t);
  const dealsOf = async (contactId: string) => {
    const { items } = (await crm.send(`GET /api/deals?contactId=${contactId}`)).as(Deals);
    return items.map(({ title, status }) => `${title}: ${status}`);
  };
  assert.deepEqual(await dealsOf("1"), ["Jedi Order: open", "X-wing maintenance: open"]);
  assert.deepEqual(await dealsOf("2"), ["Lighthouse refit: open"]);
  assert.deepEqual(await dealsOf("4"), ["Trail maps 2024: won", "Survey drone: lost"]);
  assert.deepEqual(await dealsOf("3"), []);
  assert.ok((await crm.send("GET /api/deals")).as(Deals).items.length > 5);
});

test("a note is written, read, changed and deleted", async (t) => {
  const crm = await runCrm(t);
  const { id } = (await crm.send("POST /api/notes", { json: { contactId: "1", text: "one" } })).as(Note);
  const changed = (await crm.send(`PATCH /api/notes/${id}`, { json: { text: "two" } })).as(Note);
  assert.deepEqual([changed.contactId, changed.text], ["1", "two"]);
  assert.deepEqual((await crm.send("GET /api/notes?contactId=1")).as(Notes), { items: [changed], nextCursor: null });
  assert.equal((await crm.send(`DELETE /api/notes/${id}`)).status, 200);
  assert.equal((await crm.send(`GET /api/notes/${id}`)).status, 404);
});
