/** A call from ringing to its second update through a whole Trunkline, as Pipedrive sees it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rateLimited } from "../../fake-crms/pipedrive/fake-pipedrive.ts";
import { linesOf, roundsOf } from "../../fake-crms/support/recorded-request.ts";
import { until } from "../../support/trunkline.ts";
import { connectedExtension, newCall, objectIn, objectsIn } from "./connected-extension.ts";

test("look-up, creation, disposition and two updates are nine requests in eight rounds", async (t) => {
  const { fake, ask } = await connectedExtension(t, { answersAfterMs: 20 });
  const luke = fake.state.addPerson({ name: "Luke Skywalker", phones: ["650-555-1212"] });
  const deal = fake.state.addDeal({ title: "X-wing", personId: luke.id });
  fake.state.addDeal({ title: "Landspeeder", personId: luke.id });
  fake.requests.length = 0;

  const found = await ask("GET", "/contact?phoneNumber=+16505551212&overridingFormat=&isExtension=false");
  const [contact] = objectsIn(found.json["contact"]);
  assert.equal(contact?.["id"], String(luke.id));
  assert.equal(objectsIn(objectIn(contact?.["additionalInfo"])["deals"]).length, 2);

  const created = await ask("POST", "/callLog", newCall("s1", luke.id, { note: "cost $& <b>" }));
  const [activity] = fake.state.activities;
  assert.equal(created.json["logId"], String(activity?.id), created.text);
  assert.match(activity?.note ?? "", /cost \$&amp; &lt;b&gt;/);

  const disposed = await ask("PUT", "/callDisposition", { sessionId: "s1", dispositions: { deals: deal.id } });
  assert.equal(disposed.json["successful"], true, disposed.text);
  assert.equal(activity?.dealId, deal.id);

  for (const recordingLink of ["(pending...)", "https://ringcentral.github.io/media?id=1"]) {
    const updated = await ask("PATCH", "/callLog", { sessionId: "s1", recordingLink });
    assert.equal(updated.json["successful"], true, updated.text);
  }
  assert.match(activity?.note ?? "", /media\?id=1/);
  assert.match(activity?.note ?? "", /cost \$&amp; &lt;b&gt;/);

  assert.deepEqual(linesOf(fake.requests).toSorted(), [
    `GET /api/v2/activities/${activity?.id}`,
    `GET /api/v2/activities/${activity?.id}`,
    "GET /api/v2/deals",
    "GET /api/v2/persons/search",
    "GET /v1/leads",
    `PATCH /api/v2/activities/${activity?.id}`,
    `PATCH /api/v2/activities/${activity?.id}`,
    `PATCH /api/v2/activities/${activity?.id}`,
    "POST /api/v2/activities",
  ]);
  assert.equal(roundsOf(fake.requests), 8);
});

test("a failed look-up says that nobody knows who it is, and offers nobody to create", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  fake.faults.order(rateLimited("GET /api/v2/persons/search", 2));
  const { json } = await ask("GET", "/contact?phoneNumber=+16505551212&overridingFormat=&isExtension=false");
  assert.equal(json["successful"], false);
  assert.deepEqual(json["contact"], []);
  assert.match(String(objectIn(json["returnMessage"])["message"]), /Pipedrive asked us to slow down/);
});

test("an extension number is answered at once, without a request", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  fake.requests.length = 0;
  const { json } = await ask("GET", "/contact?phoneNumber=101&isExtension=true");
  assert.deepEqual([json["successful"], json["contact"]], [false, []]);
  assert.deepEqual(fake.requests, []);
});

test("a person created a moment ago is found although Pipedrive's search lags behind", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  fake.slowSearch(true);
  const created = await ask("POST", "/contact", { phoneNumber: "+12125550188", newContactName: "Q & A #1" });
  const found = await ask("GET", "/contact?phoneNumber=+12125550188&isExtension=false");
  const [contact] = objectsIn(found.json["contact"]);
  assert.deepEqual([contact?.["id"], contact?.["name"]], [created.json["id"], "Q & A #1"]);
});

for (const kind of ["lost-answer", "malformed"] as const) {
  test(`a creation with a ${kind} fault leaves one activity, however often it is posted`, async (t) => {
    const { fake, ask } = await connectedExtension(t);
    const luke = fake.state.addPerson({ name: "Luke", phones: ["6505551212"] });
    fake.faults.order({ match: "POST /api/v2/activities", kind });
    await Promise.all(Array.from({ length: 4 }, () => ask("POST", "/callLog", newCall("s2", luke.id))));
    const again = await ask("POST", "/callLog", newCall("s2", luke.id));
    assert.equal(again.json["logId"], String(fake.state.activities[0]?.id), again.text);
    assert.equal(fake.state.activities.length, 1);
  });
}

test("a 429 in the middle of everything delays the log and loses nothing", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  const luke = fake.state.addPerson({ name: "Luke", phones: ["6505551212"] });
  fake.faults.order(rateLimited("POST /api/v2/activities", 1));
  const accepted = await ask("POST", "/callLog", newCall("s3", luke.id, { note: "Keep me" }));
  assert.equal(accepted.json["successful"], true, accepted.text);
  assert.match(String(accepted.json["logId"]), /^pending-/);
  const [activity] = await until(async () => (fake.state.activities.length > 0 ? fake.state.activities : undefined));
  assert.match(activity?.note ?? "", /Keep me/);
  assert.equal(fake.state.activities.length, 1);
});

test("an update whose read fails writes nothing, says so, and is made up for", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  const luke = fake.state.addPerson({ name: "Luke", phones: ["6505551212"] });
  await ask("POST", "/callLog", newCall("s4", luke.id, { note: "First" }));
  const [activity] = fake.state.activities;
  assert.ok(activity);
  activity.note += "<p>Ann wrote this.</p>";
  const before = activity.note;
  fake.faults.order(rateLimited("GET /api/v2/activities/*", 1));
  const answer = await ask("PATCH", "/callLog", { sessionId: "s4", note: "Second", subject: "Call" });
  assert.match(String(objectIn(answer.json["returnMessage"])["message"]), /Nothing is lost/);
  assert.equal(activity.note, before);
  await until(async () => (activity.note.includes("Second") ? true : undefined));
  assert.match(activity.note, /Ann wrote this\./);
});

test("the log reads back as it was chosen and written", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  const luke = fake.state.addPerson({ name: "Luke Skywalker", phones: ["6505551212"] });
  const deal = fake.state.addDeal({ title: "X-wing", personId: luke.id });
  await ask("POST", "/callLog", newCall("s5", luke.id, { note: "Hello", additionalSubmission: { deals: deal.id } }));
  const { json } = await ask("GET", "/callLog?sessionIds=s5&requireDetails=true");
  const logData = objectIn(objectsIn(json["logs"])[0]?.["logData"]);
  assert.deepEqual(
    [logData["note"], logData["contactName"], logData["dispositions"]],
    ["Hello", "Luke Skywalker", { deals: deal.id }],
  );
  assert.doesNotMatch(String(logData["fullBody"]), /Log id/);
});

test("the setting of the account chooses the activity type", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  const luke = fake.state.addPerson({ name: "Luke", phones: ["6505551212"] });
  await ask("POST", "/user/settings", { userSettings: { pipedriveCallActivityType: { value: "Sales call" } } });
  await ask("POST", "/callLog", newCall("s6", luke.id));
  assert.equal(fake.state.activities[0]?.type, "sales_call");
});

test("ten texts are one activity, ten more are merged into it, and the same ones again cost nothing", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  const luke = fake.state.addPerson({ name: "Luke", phones: ["6505551212"] });
  const text = (id: number) => ({
    id: String(id),
    type: "SMS",
    subject: `Text <${id}> & more`,
    direction: "Inbound",
    creationTime: Date.UTC(2026, 8, 21, 15, id),
    from: { phoneNumber: "+16505551212" },
    to: [{ phoneNumber: "+16505550100", name: "Ann Agent" }],
  });
  const post = (messages: object[]) =>
    ask("POST", "/messageLog", {
      logInfo: {
        conversationLogId: "c1/9/21/2026",
        type: "SMS",
        messages: messages.toReversed(),
        correspondents: [{ phoneNumber: "+16505551212", name: "Luke" }],
      },
      contactId: String(luke.id),
      contactType: "contact",
      contactName: "Luke",
      additionalSubmission: {},
    });
  const firstTen = Array.from({ length: 10 }, (_, at) => text(at));
  const moreTen = Array.from({ length: 10 }, (_, at) => text(at + 10));

  fake.requests.length = 0;
  const created = await post(firstTen);
  assert.deepEqual(
    created.json["logIds"],
    firstTen.map(({ id }) => id),
    created.text,
  );
  assert.deepEqual(linesOf(fake.requests), ["POST /api/v2/activities"]);

  fake.requests.length = 0;
  const updated = await post([...firstTen, ...moreTen]);
  assert.deepEqual(
    updated.json["logIds"],
    moreTen.map(({ id }) => id),
    updated.text,
  );
  assert.equal(fake.requests.length, 2);

  fake.requests.length = 0;
  await post(moreTen);
  assert.deepEqual(linesOf(fake.requests), []);
  const [activity] = fake.state.activities;
  for (let at = 0; at < 20; at++)
    assert.equal(activity?.note.split(`Text &lt;${at}&gt; &amp; more`).length, 2, String(at));
});
