/** Contacts over HTTP: found by number and name, created, changed, refused, and late in the search when so ordered. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Contact } from "../../src/demo-crm/store/contacts.ts";
import { PageOf } from "../../src/demo-crm/store/paging.ts";
import { type RunningCrm, runCrm } from "./running-crm.ts";

const Contacts = PageOf(Contact);

async function names(crm: RunningCrm, query: string): Promise<string[]> {
  const answer = await crm.send(`GET /api/contacts?${query}`);
  return answer.as(Contacts).items.map(({ name }) => name);
}

const byPhone = (crm: RunningCrm, phone: string) => names(crm, `phone=${encodeURIComponent(phone)}`);

test("a contact is found by its number, however caller and CRM spell it", async (t) => {
  const crm = await runCrm(t);
  for (const spelling of ["+16505551212", "16505551212", "6505551212", "555-1212", "(650) 555-1212 ext. 9"]) {
    assert.deepEqual(await byPhone(crm, spelling), ["Luke Skywalker"], spelling);
  }
  for (const spelling of ["+442079460958", "2079460958", "02079460958", "0044 20 7946 0958"]) {
    assert.deepEqual(await byPhone(crm, spelling), ["Eleanor O'Brien"], spelling);
  }
  assert.deepEqual(await byPhone(crm, "+493023125100"), ["Müller & Söhne GmbH"]);
  assert.deepEqual(await byPhone(crm, "+493023125014"), ["Zoë Müller"]);
  assert.deepEqual(await byPhone(crm, "+12065550142"), ["Cascade Cartography", "Marcus Webb"]);
});

test("an unencoded plus, which arrives as a blank, changes nothing", async (t) => {
  const crm = await runCrm(t);
  assert.deepEqual(await names(crm, "phone=+16505551212"), ["Luke Skywalker"]);
});

test("a number finds neither an extension nor anybody by fewer than seven digits", async (t) => {
  const crm = await runCrm(t);
  assert.deepEqual(await byPhone(crm, "16505551213"), []);
  assert.deepEqual(await byPhone(crm, "65055512125"), []);
  assert.deepEqual(await byPhone(crm, "551212"), []);
});

test("a name is found by any part of it or of the organization, in any case, signs taken literally", async (t) => {
  const crm = await runCrm(t);
  assert.deepEqual(await names(crm, "name=skyw"), ["Luke Skywalker"]);
  assert.deepEqual(await names(crm, "name=rebel%20ALL"), ["Luke Skywalker"]);
  assert.deepEqual(await names(crm, "name=%C3%85NGSTR%C3%96M"), ["Ångström Instruments AB"]);
  assert.deepEqual(await names(crm, "name=%25"), ["100% Organic_Foods"]);
  assert.deepEqual(await names(crm, "name=c_o"), []);
  assert.deepEqual(await names(crm, "name=c%23"), ["C# Consulting #1", "Sam Doe"]);
  assert.deepEqual(await names(crm, "name=t%20%26%20s"), ["Eleanor O'Brien"]);
  assert.deepEqual(await names(crm, "name=o'b&phone=2079460958"), ["Eleanor O'Brien"]);
});

test("a created contact is whole, with null for what is absent, and found at once", async (t) => {
  const crm = await runCrm(t);
  const answer = await crm.send("POST /api/contacts", {
    json: {
      name: "Ada",
      phones: [{ number: "+1 (202) 555-0110" }, { label: "fax", number: "x" }],
      id: "1",
      hacked: true,
    },
  });
  assert.equal(answer.status, 201);
  const { id, createdAt, updatedAt, ...rest } = answer.as(Contact);
  assert.deepEqual(rest, {
    type: "Contact",
    name: "Ada",
    title: null,
    email: null,
    organization: null,
    phones: [
      { label: "phone", number: "+1 (202) 555-0110" },
      { label: "fax", number: "x" },
    ],
  });
  assert.equal(createdAt, updatedAt);
  assert.deepEqual((await crm.send(`GET /api/contacts/${id}`)).json(), answer.json());
  assert.deepEqual(await byPhone(crm, "2025550110"), ["Ada"]);
});

test("a change touches only what it names, and numbers are replaced as a whole", async (t) => {
  const crm = await runCrm(t);
  const change = { title: null, phones: [{ label: "new", number: "+1 202 555 0111" }] };
  const changed = (await crm.send("PATCH /api/contacts/1", { json: change })).as(Contact);
  assert.deepEqual([changed.name, changed.title, changed.organization], ["Luke Skywalker", null, "Rebel Alliance"]);
  assert.deepEqual(changed.phones, change.phones);
  assert.deepEqual(await byPhone(crm, "6505551212"), []);
  assert.deepEqual(await byPhone(crm, "2025550111"), ["Luke Skywalker"]);
});

test("what changed within the search lag is known by its id and in the whole list, but not found", async (t) => {
  const crm = await runCrm(t, { searchLagMs: 3_600_000 });
  assert.deepEqual(await byPhone(crm, "6505551212"), ["Luke Skywalker"]);
  const json = { name: "Newcomer", phones: [{ number: "+12025550112" }] };
  const { id } = (await crm.send("POST /api/contacts", { json })).as(Contact);
  assert.deepEqual([await byPhone(crm, "2025550112"), await names(crm, "name=newcomer")], [[], []]);
  assert.equal((await crm.send(`GET /api/contacts/${id}`)).status, 200);
  assert.equal((await names(crm, "limit=1000")).at(-1), "Newcomer");

  assert.deepEqual((await crm.send("PUT /control/search-lag", { json: { ms: 0 } })).json(), { ms: 0 });
  assert.deepEqual(await byPhone(crm, "2025550112"), ["Newcomer"]);
});

const refused: [request: string, json: unknown, status: number, sentence: RegExp][] = [
  ["POST /api/contacts", {}, 400, /^name is required\.$/],
  ["POST /api/contacts", { name: " " }, 400, /^name must not be blank\.$/],
  ["POST /api/contacts", { name: 5 }, 400, /^name must be text\.$/],
  ["POST /api/contacts", [], 400, /^The body must be an object\.$/],
  ["POST /api/contacts", { name: "a", type: "Person" }, 400, /^type must be one of Contact, Company, Lead\.$/],
  ["POST /api/contacts", { name: "a", phones: [{ label: "x" }] }, 400, /^phones\[0\]\.number is required\.$/],
  ["PATCH /api/contacts/1", { phones: "5551212" }, 400, /^phones must be a list\.$/],
  ["PATCH /api/contacts/999", {}, 404, /^There is no contact with the id 999\.$/],
  ["GET /api/contacts/01", undefined, 404, /^There is no contact with the id 01\.$/],
  ["GET /api/contacts?phone=", undefined, 400, /^phone must not be blank\.$/],
  ["GET /api/contacts?name=a&name=b", undefined, 400, /^name must be given only once\.$/],
  ["DELETE /api/contacts/1", undefined, 405, /^\/api\/contacts\/1 does not take DELETE\.$/],
  ["GET /api/people", undefined, 404, /^There is nothing at \/api\/people\.$/],
  ["GET /api/contacts/%ff", undefined, 400, /\.$/],
];
for (const [request, json, status, sentence] of refused) {
  test(`${request} with ${JSON.stringify(json)} is refused with ${status} and a sentence`, async (t) => {
    const crm = await runCrm(t);
    const answer = await crm.send(request, { json });
    assert.equal(answer.status, status);
    const { error, ...rest } = JSON.parse(answer.text);
    assert.match(error, sentence);
    assert.deepEqual(rest, {});
    if (status === 405) assert.equal(answer.headers.get("allow"), "GET, HEAD, PATCH");
  });
}

test("broken JSON, another content type and a body beyond 4 MB are refused in a sentence", async (t) => {
  const crm = await runCrm(t);
  const post = (body: string, type: string) =>
    fetch(`${crm.url}/api/contacts`, {
      method: "POST",
      body,
      headers: { "content-type": type, authorization: `Basic ${btoa("demo-key:")}` },
    });
  for (const [body, type, status] of [
    ["{", "application/json", 400],
    ["name=a", "application/x-www-form-urlencoded", 415],
    [JSON.stringify({ name: "a".repeat(5_000_000) }), "application/json", 413],
  ] as const) {
    const response = await post(body, type);
    assert.equal(response.status, status);
    assert.match(await response.text(), /^\{"error":".+\."\}$/);
  }
});
