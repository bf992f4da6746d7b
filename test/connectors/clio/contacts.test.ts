/** Who is calling, in Clio: matches by number, name searches, matters and new contacts. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createContact, findContact, findContactWithName } from "../../../src/connectors/clio/contacts.ts";
import { AMERICAN, callerNumber, connected, failureOf, settings, theOnly } from "./connected.ts";

test("a contact is found by one of the user's own spellings, for 4 requests in 2 rounds", async (t) => {
  const { fake, context, luke, costOf } = await connected(t);
  const matter = fake.state.addMatter({ client: luke.id, display_number: "00012-Skywalker" });
  const cost = await costOf(async () => {
    const contact = theOnly(await findContact(context, { phone: callerNumber() }));
    assert.equal(contact.id, String(luke.id));
    assert.equal(contact.name, "Luke Skywalker");
    assert.equal(contact.type, "Person");
    assert.equal(contact.phone, "(650) 555-1212");
    assert.deepEqual(contact.additionalInfo, {
      matters: [{ const: matter.id, title: "00012-Skywalker", description: "Open - Advice" }],
      logTimeEntry: true,
      billableStatus: [
        { const: "billable", title: "Billable" },
        { const: "non-billable", title: "Non-billable" },
      ],
    });
  });
  assert.deepEqual(cost.requests.toSorted(), [
    "GET /api/v4/contacts.json",
    "GET /api/v4/contacts.json",
    "GET /api/v4/matters.json",
    "GET /api/v4/relationships.json",
  ]);
  assert.equal(cost.rounds, 2);
});

test("E.164 is searched beside each of the user's formats, encoded", async (t) => {
  const { fake, context } = await connected(t);
  await findContact(context, { phone: callerNumber("+16505551212", [AMERICAN, "***.***.****"]) });
  const searches = fake.requests.filter(({ path }) => path === "/api/v4/contacts.json");
  assert.deepEqual(
    searches.map(({ query }) => query["query"]),
    ["+16505551212", "(650) 555-1212", "650.555.1212"],
  );
});

test("a wild-card hit with another number is not the caller", async (t) => {
  const { fake, context, luke } = await connected(t);
  fake.state.addContact({ name: "Note: call (650) 555-1212 for Luke", phones: ["+1 650 555 9999"] });
  const found = await findContact(context, { phone: callerNumber() });
  assert.deepEqual(
    found.map(({ id }) => id),
    [String(luke.id)],
  );
});

const TYPED = [
  "+16505551212",
  "6505551212",
  "1-650-555-1212",
  "(650) 555-1212",
  "650.555.1212",
  "+1 650 555 1212",
  "650-555-1212 ext. 7",
];
for (const typed of TYPED) {
  test(`a number typed as ${typed} is found without any format of the user's`, async (t) => {
    const { fake, context, luke } = await connected(t);
    fake.state.addContact({ name: "Somebody else with 1212", phones: ["(415) 555-1212"] });
    luke.phones = [typed];
    const found = await findContact(context, { phone: callerNumber("+16505551212", []) });
    assert.equal(theOnly(found).id, String(luke.id));
  });
}

test("nobody costs 2 searches more than somebody, and a short number none", async (t) => {
  const { context, costOf } = await connected(t);
  const find = (number: string) => costOf(() => findContact(context, { phone: callerNumber(number, []) }));
  const nobody = await find("+14155550199");
  assert.equal(nobody.requests.length, 3);
  assert.equal(nobody.rounds, 2);
  assert.equal((await find("4711")).requests.length, 1);
});

test("200 own and 200 related matters are all there, without duplicates and for no more requests", async (t) => {
  const { fake, context, luke, costOf } = await connected(t);
  const other = fake.state.addContact({ name: "Han Solo" });
  for (let count = 0; count < 200; count += 1)
    fake.state.relate(luke.id, fake.state.addMatter({ client: other.id }).id);
  for (let count = 0; count < 200; count += 1) fake.state.addMatter({ client: luke.id });
  const own = fake.state.matters.at(-1);
  assert.ok(own);
  fake.state.relationships.shift();
  fake.state.relate(luke.id, own.id);
  const cost = await costOf(async () => {
    const { additionalInfo } = theOnly(await findContact(context, { phone: callerNumber() }));
    assert.ok(Array.isArray(additionalInfo?.["matters"]));
    assert.equal(new Set(additionalInfo["matters"].map((option) => option.const)).size, 399);
    assert.equal(additionalInfo["matters"].length, 399);
  });
  assert.equal(cost.requests.length, 4);
  assert.equal(cost.rounds, 2);
});

test("lists are read to their last page, however short the pages are", async (t) => {
  const { fake, context, luke } = await connected(t, { largestPage: 30, requestsPerMinute: 500 });
  const other = fake.state.addContact({ name: "Han Solo" });
  for (let count = 0; count < 70; count += 1) fake.state.relate(luke.id, fake.state.addMatter({ client: other.id }).id);
  for (let count = 0; count < 70; count += 1) fake.state.addMatter({ client: luke.id });
  for (const contact of [
    theOnly(await findContact(context, { phone: callerNumber() })),
    theOnly(await findContactWithName(context, { name: "Skywalker" })),
  ]) {
    const matters = contact.additionalInfo?.["matters"];
    assert.equal(Array.isArray(matters) && matters.length, 140);
  }
});

test("closed matters are offered only to who wants to see them, and last", async (t) => {
  const { fake, luke, asUser } = await connected(t);
  const closed = fake.state.addMatter({ client: luke.id, status: "Closed" });
  const pending = fake.state.addMatter({ client: luke.id, status: "Pending" });
  const open = fake.state.addMatter({ client: luke.id });
  const mattersFor = async (value: unknown) => {
    const context = asUser(settings({ clioSeeClosedMatters: value }));
    const matters = theOnly(await findContact(context, { phone: callerNumber() })).additionalInfo?.["matters"];
    assert.ok(Array.isArray(matters));
    return matters.map((option) => option.const);
  };
  assert.deepEqual(await mattersFor(undefined), [open.id, pending.id]);
  assert.deepEqual(await mattersFor(true), [open.id, pending.id, closed.id]);
  assert.deepEqual(await mattersFor("false"), [open.id, pending.id]);
});

test("a contact without matters has no key for them", async (t) => {
  const { context } = await connected(t);
  const { additionalInfo } = theOnly(await findContact(context, { phone: callerNumber() }));
  assert.ok(additionalInfo && !("matters" in additionalInfo));
});

test("a number that thirty people share costs no more than ten people's matters", async (t) => {
  const { fake, context, costOf } = await connected(t);
  for (let count = 0; count < 30; count += 1) {
    const clerk = fake.state.addContact({ name: `Clerk ${count}`, phones: ["+1 415 555 0100"] });
    fake.state.addMatter({ client: clerk.id });
  }
  const cost = await costOf(async () =>
    assert.equal((await findContact(context, { phone: callerNumber("+14155550100", []) })).length, 30),
  );
  assert.equal(cost.requests.length, 3 + 20);
});

test("a search that fails is a failure, never an empty answer", async (t) => {
  const { fake, context } = await connected(t);
  fake.faults.order({ match: "GET /api/v4/contacts.json", kind: "answer", status: 502, times: 9 });
  assert.equal((await failureOf(findContact(context, { phone: callerNumber() }))).code, "crm-unavailable");
  assert.equal((await failureOf(findContactWithName(context, { name: "Luke" }))).code, "crm-unavailable");
});

test("a name with & and # is searched as it is, and whoever bears it comes first", async (t) => {
  const { fake, context } = await connected(t);
  fake.state.addContact({ name: "Clerk", email: "smith&sons#1@example.com" });
  const company = fake.state.addContact({ name: "Smith&Sons#1", type: "Company" });
  const found = await findContactWithName(context, { name: "Smith&Sons#1" });
  assert.equal(found[0]?.id, String(company.id));
  assert.equal(found[0]?.type, "Company");
  assert.equal(found.length, 2);
});

test("a new person has every part of the name, and is found again by number", async (t) => {
  const { fake, context, costOf } = await connected(t);
  const cost = await costOf(async () => {
    const created = await createContact(context, {
      phone: callerNumber("+14155550142"),
      name: " Ana de la Cruz & Co #2 ",
      type: "Person",
      submission: {},
    });
    assert.equal(created.name, "Ana de la Cruz & Co #2");
    assert.equal(created.phone, "+14155550142");
  });
  assert.deepEqual(cost.requests, ["POST /api/v4/contacts.json"]);
  assert.deepEqual(fake.requests[0]?.body, {
    data: {
      type: "Person",
      name: "Ana de la Cruz & Co #2",
      first_name: "Ana",
      last_name: "de la Cruz & Co #2",
      phone_numbers: [{ name: "Work", number: "+14155550142", default_number: true }],
    },
  });
  assert.equal((await findContact(context, { phone: callerNumber("+14155550142") })).length, 1);
});

test("a new company has a name and no first name", async (t) => {
  const { fake, context } = await connected(t);
  const created = await createContact(context, {
    phone: callerNumber("+14155550143"),
    name: "Acme Ltd",
    type: "company",
    submission: {},
  });
  assert.equal(created.type, "Company");
  assert.equal(fake.state.contacts.at(-1)?.type, "Company");
});
