/** Who is calling, in Pipedrive: found, with what a log can be linked with, within the budget. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createContact, findContact, findContactWithName } from "../../../src/connectors/pipedrive/contacts.ts";
import { blocked, outOfOrder, rateLimited } from "../../fake-crms/pipedrive/fake-pipedrive.ts";
import { callerNumber, connected, failureOf, NUMBER } from "./connected.ts";

test("a look-up with one match costs three requests in two rounds", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  fake.state.addDeal({ title: "Death Star plans", personId: luke.id });
  const { requests, rounds } = await costOf(() => findContact(context, { phone: callerNumber() }));
  assert.deepEqual(requests.toSorted(), ["GET /api/v2/deals", "GET /api/v2/persons/search", "GET /v1/leads"]);
  assert.equal(rounds, 2);
});

test("two persons with one number are both found, in two rounds", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const leia = fake.state.addPerson({ name: "Leia Organa", phones: ["+1 650.555.1212 ext. 7"] });
  const { requests, rounds } = await costOf(async () => {
    const found = await findContact(context, { phone: callerNumber() });
    assert.deepEqual(
      found.map(({ id }) => id),
      [String(luke.id), String(leia.id)],
    );
  });
  assert.deepEqual([requests.length, rounds], [5, 2]);
});

test("a contact carries its open deals, its leads and its organization, with Pipedrive's own ids", async (t) => {
  const { context, fake } = await connected(t);
  const organization = { id: 55, name: "Rebel Alliance" };
  const han = fake.state.addPerson({ name: "Han & Sons #1", phones: ["+44 20 7946 0018"], organization });
  const open = fake.state.addDeal({ title: "Kessel run", personId: han.id });
  fake.state.addDeal({ title: "Lost cargo", personId: han.id, status: "lost" });
  const lead = fake.state.addLead({ title: "Jabba", personId: han.id });
  const [contact, ...others] = await findContact(context, { phone: callerNumber("+442079460018") });
  assert.deepEqual(others, []);
  assert.deepEqual(contact, {
    id: String(han.id),
    name: "Han & Sons #1",
    type: "contact",
    phone: "+44 20 7946 0018",
    organization: "Rebel Alliance",
    additionalInfo: {
      deals: [{ const: open.id, title: "Kessel run" }],
      leads: [{ const: lead.id, title: "Jabba" }],
      organization: [{ const: 55, title: "Rebel Alliance" }],
    },
  });
});

test("a person with nothing to link has no keys for it", async (t) => {
  const { context } = await connected(t);
  const [contact] = await findContact(context, { phone: callerNumber() });
  assert.deepEqual(contact?.additionalInfo, {});
});

test("a number that only contains the caller's digits is nobody's", async (t) => {
  const { context, fake, costOf } = await connected(t);
  fake.state.persons.length = 0;
  fake.state.addPerson({ name: "Somebody else", phones: ["+49 165 0555 1212"] });
  const { requests } = await costOf(async () => {
    assert.deepEqual(await findContact(context, { phone: callerNumber() }), []);
  });
  assert.equal(requests.length, 1);
});

test("120 open deals and 120 leads are all there, at the same cost", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  for (let at = 1; at <= 120; at++) {
    fake.state.addDeal({ title: `Deal ${at}`, personId: luke.id });
    fake.state.addLead({ title: `Lead ${at}`, personId: luke.id });
  }
  const { requests } = await costOf(async () => {
    const [contact] = await findContact(context, { phone: callerNumber() });
    assert.deepEqual(
      [contact?.additionalInfo?.["deals"], contact?.additionalInfo?.["leads"]].map(lengthOf),
      [120, 120],
    );
  });
  assert.equal(requests.length, 3);
});

test("lists are read to their last page, however small Pipedrive makes its pages", async (t) => {
  const { context, fake, luke } = await connected(t, { largestPage: 50, answersAfterMs: 0 });
  for (let at = 1; at <= 120; at++) {
    fake.state.addDeal({ title: `Deal ${at}`, personId: luke.id });
    fake.state.addLead({ title: `Lead ${at}`, personId: luke.id });
  }
  const [contact] = await findContact(context, { phone: callerNumber() });
  assert.deepEqual([contact?.additionalInfo?.["deals"], contact?.additionalInfo?.["leads"]].map(lengthOf), [120, 120]);
});

test("a search of many pages finds the person on the last one", async (t) => {
  const { context, fake } = await connected(t, { largestPage: 5, answersAfterMs: 0 });
  for (let at = 0; at < 12; at++)
    fake.state.addPerson({ name: `Extension ${at}`, phones: [`+1 212 555 00${at + 10}`] });
  const last = fake.state.addPerson({ name: "Last", phones: ["5550"] });
  const found = await findContact(context, { phone: callerNumber("5550") });
  assert.deepEqual(
    found.map(({ id }) => id),
    [String(last.id)],
  );
});

test("names with & and # reach the search whole", async (t) => {
  const { context, fake } = await connected(t);
  const person = fake.state.addPerson({
    name: "R&D #4 100% + more",
    phones: ["+1 212 555 0100"],
    emails: ["rd@example.com"],
  });
  const found = await findContactWithName(context, { name: "R&D #4 100% +" });
  assert.deepEqual(
    found.map(({ id, email, phone }) => [id, email, phone]),
    [[String(person.id), "rd@example.com", "+1 212 555 0100"]],
  );
  assert.equal(fake.requests[0]?.query["term"], "R&D #4 100% +");
});

test("a name of one character is searched for exactly", async (t) => {
  const { context, fake } = await connected(t);
  fake.state.addPerson({ name: "Q" });
  fake.state.addPerson({ name: "Quinn" });
  const found = await findContactWithName(context, { name: "q" });
  assert.deepEqual(
    found.map(({ name }) => name),
    ["Q"],
  );
});

test("of many namesakes the 20 most relevant are shown", async (t) => {
  const { context, fake } = await connected(t, { answersAfterMs: 0 });
  for (let at = 0; at < 30; at++) fake.state.addPerson({ name: `Smith ${at}` });
  assert.equal((await findContactWithName(context, { name: "smith" })).length, 20);
});

test("a person is created with the number in E.164, in one request", async (t) => {
  const { context, fake, costOf } = await connected(t);
  const { requests } = await costOf(async () => {
    const phone = callerNumber("+1 (212) 555-0123");
    const created = await createContact(context, { phone, name: "Ana de la Cruz", type: undefined, submission: {} });
    assert.deepEqual(created.name, "Ana de la Cruz");
    assert.equal(fake.state.persons.at(-1)?.id, Number(created.id));
  });
  assert.deepEqual(requests, ["POST /api/v2/persons"]);
  assert.deepEqual(fake.state.persons.at(-1)?.phones, ["+12125550123"]);
});

const failures = [
  ["rate-limited", rateLimited("GET /api/v2/persons/search", 2), "crm-rate-limited", 2_000],
  ["blocked by the firewall", blocked("GET /api/v2/persons/search"), "crm-rate-limited", undefined],
  ["out of order", outOfOrder("GET /api/v2/persons/search"), "crm-unavailable", undefined],
  ["cut off", { match: "GET /api/v2/persons/search", kind: "cut" }, "crm-unreachable", undefined],
  ["malformed", { match: "GET /api/v2/persons/search", kind: "malformed" }, "crm-answer-malformed", undefined],
  ["failing at the deals", rateLimited("GET /api/v2/deals", 2), "crm-rate-limited", 2_000],
  ["failing at the leads", outOfOrder("GET /v1/leads"), "crm-unavailable", undefined],
] as const;

for (const [name, fault, code, retryAfterMs] of failures) {
  test(`a look-up that is ${name} fails and never answers "nobody"`, async (t) => {
    const { context, fake } = await connected(t);
    fake.faults.order(fault);
    const failure = await failureOf(findContact(context, { phone: callerNumber(NUMBER) }));
    assert.deepEqual([failure.code, failure.facts.retryAfterMs], [code, retryAfterMs]);
  });
}

test("the eleventh search within two seconds is refused by Pipedrive with a time to wait", async (t) => {
  const { context } = await connected(t, { answersAfterMs: 0 });
  const phone = callerNumber("+12125550199");
  for (let at = 0; at < 10; at++) await findContact(context, { phone });
  const failure = await failureOf(findContact(context, { phone }));
  assert.deepEqual([failure.code, failure.facts.retryAfterMs], ["crm-rate-limited", 2_000]);
});

function lengthOf(value: unknown): number | undefined {
  return Array.isArray(value) ? value.length : undefined;
}
