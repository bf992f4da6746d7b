/** A call from ringing to its second update through a whole Trunkline, as Clio sees it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rateLimited } from "../../fake-crms/clio/refusals.ts";
import { linesOf, roundsOf } from "../../fake-crms/support/recorded-request.ts";
import { until } from "../../support/trunkline.ts";
import { connectedExtension, newCall, objectIn, objectsIn } from "./connected-extension.ts";
import { theOnly } from "./connected.ts";

const LOOK_UP = "/contact?phoneNumber=+16505551212&overridingFormat=(***) ***-****&isExtension=false";

test("look-up, creation, disposition and two updates are fifteen requests in nine rounds", async (t) => {
  const { fake, luke, ask } = await connectedExtension(t, { answersAfterMs: 20 });
  const matter = fake.state.addMatter({ client: luke.id });
  const other = fake.state.addContact({ name: "Han & Co #1", type: "Company" });
  for (let count = 0; count < 200; count += 1)
    fake.state.relate(luke.id, fake.state.addMatter({ client: other.id }).id);
  fake.state.relationships.pop();
  fake.requests.length = 0;

  const found = await ask("GET", LOOK_UP);
  const [contact] = objectsIn(found.json["contact"]);
  assert.equal(contact?.["id"], String(luke.id), found.text);
  assert.equal(objectsIn(objectIn(contact["additionalInfo"])["matters"]).length, 200);

  const created = await ask("POST", "/callLog", newCall("s1", luke.id, { note: "cost $& <b>" }));
  const communication = theOnly(fake.state.communications);
  assert.equal(created.json["logId"], String(communication.id), created.text);
  assert.match(communication.body, /cost \$& <b>/);
  const entry = theOnly(fake.state.activities);
  assert.deepEqual([entry.quantity, entry.date, entry.matter], [62, "2026-09-21", null]);

  const disposed = await ask("PUT", "/callDisposition", { sessionId: "s1", dispositions: { matters: matter.id } });
  assert.equal(disposed.json["successful"], true, disposed.text);
  assert.equal(communication.matter, matter.id);

  for (const recordingLink of ["(pending...)", "https://ringcentral.github.io/media?id=1"]) {
    const updated = await ask("PATCH", "/callLog", { sessionId: "s1", recordingLink });
    assert.equal(updated.json["successful"], true, updated.text);
  }
  for (const text of [communication.body, entry.note]) {
    assert.match(text, /media\?id=1/);
    assert.match(text, /cost \$& <b>/);
  }
  assert.equal(entry.matter, matter.id);
  assert.deepEqual([entry.quantity, entry.date], [62, "2026-09-21"]);

  const [one, activity] = [`/api/v4/communications/${communication.id}.json`, `/api/v4/activities/${entry.id}.json`];
  assert.deepEqual(linesOf(fake.requests).toSorted(), [
    "GET /api/v4/activities.json",
    "GET /api/v4/activities.json",
    `GET ${one}`,
    `GET ${one}`,
    "GET /api/v4/contacts.json",
    "GET /api/v4/contacts.json",
    "GET /api/v4/matters.json",
    "GET /api/v4/relationships.json",
    `PATCH ${activity}`,
    `PATCH ${activity}`,
    `PATCH ${one}`,
    `PATCH ${one}`,
    `PATCH ${one}`,
    "POST /api/v4/activities.json",
    "POST /api/v4/communications.json",
  ]);
  assert.equal(roundsOf(fake.requests), 9);
});

test("a failed look-up says that nobody knows who it is, and offers nobody to create", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  fake.faults.order(rateLimited("GET /api/v4/contacts.json", 20, 2));
  const { json } = await ask("GET", LOOK_UP);
  assert.equal(json["successful"], false);
  assert.deepEqual(json["contact"], []);
  assert.match(String(objectIn(json["returnMessage"])["message"]), /Clio asked us to slow down/);
});

test("matters that cannot be read are a failed look-up too: a log must not miss its matter unseen", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  fake.faults.order({ match: "GET /api/v4/relationships.json", kind: "cut" });
  const { json } = await ask("GET", LOOK_UP);
  assert.deepEqual([json["successful"], json["contact"]], [false, []]);
});

test("an extension number is answered at once, without a request", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  fake.requests.length = 0;
  const { json } = await ask("GET", "/contact?phoneNumber=101&isExtension=true");
  assert.deepEqual([json["successful"], json["contact"]], [false, []]);
  assert.deepEqual(fake.requests, []);
});

test("a contact created a moment ago is found although Clio's search lags behind", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  fake.slowSearch(true);
  const created = await ask("POST", "/contact", {
    phoneNumber: "+12125550188",
    newContactName: "Q & A #1",
    newContactType: "Company",
  });
  const found = await ask("GET", "/contact?phoneNumber=+12125550188&isExtension=false");
  const [contact] = objectsIn(found.json["contact"]);
  assert.deepEqual([contact?.["id"], contact?.["name"]], [created.json["id"], "Q & A #1"]);
});

for (const kind of ["lost-answer", "malformed"] as const) {
  test(`a creation with a ${kind} fault leaves one communication, however often it is posted`, async (t) => {
    const { fake, luke, ask } = await connectedExtension(t);
    fake.faults.order({ match: "POST /api/v4/communications.json", kind });
    await Promise.all(Array.from({ length: 4 }, () => ask("POST", "/callLog", newCall("s2", luke.id))));
    const again = await ask("POST", "/callLog", newCall("s2", luke.id));
    assert.equal(again.json["logId"], String(theOnly(fake.state.communications).id), again.text);
  });
}

test("a time entry that meets a 429 is made up for, once, and the log is not written twice", async (t) => {
  const { fake, luke, ask } = await connectedExtension(t);
  fake.faults.order(rateLimited("POST /api/v4/activities.json", 1));
  const accepted = await ask("POST", "/callLog", newCall("s3", luke.id, { note: "Keep me" }));
  assert.equal(accepted.json["logId"], String(theOnly(fake.state.communications).id), accepted.text);
  assert.match(String(objectIn(accepted.json["returnMessage"])["message"]), /Nothing is lost/);
  const entry = await until(async () => fake.state.activities[0]);
  assert.deepEqual([entry.quantity, entry.date], [62, "2026-09-21"]);
  assert.match(entry.note, /Keep me/);
  assert.equal(fake.state.communications.length, 1);
  assert.equal(fake.state.activities.length, 1);
});

test("an update whose read fails writes nothing, says so, and is made up for", async (t) => {
  const { fake, luke, ask } = await connectedExtension(t);
  await ask("POST", "/callLog", newCall("s4", luke.id, { note: "First" }));
  const communication = theOnly(fake.state.communications);
  communication.body += "Ann wrote this.\n";
  const before = communication.body;
  fake.faults.order(rateLimited("GET /api/v4/activities.json", 1));
  const answer = await ask("PATCH", "/callLog", { sessionId: "s4", note: "Second", subject: "Call" });
  assert.match(String(objectIn(answer.json["returnMessage"])["message"]), /Nothing is lost/);
  assert.equal(communication.body, before);
  await until(async () => (communication.body.includes("Second") ? true : undefined));
  assert.match(communication.body, /Ann wrote this\./);
});

test("the log reads back as it was chosen and written", async (t) => {
  const { fake, luke, ask } = await connectedExtension(t);
  const matter = fake.state.addMatter({ client: luke.id });
  const additionalSubmission = { matters: matter.id, billableStatus: "non-billable" };
  await ask("POST", "/callLog", newCall("s5", luke.id, { note: "Hello", additionalSubmission }));
  const { json } = await ask("GET", "/callLog?sessionIds=s5&requireDetails=true");
  const logData = objectIn(objectsIn(json["logs"])[0]?.["logData"]);
  assert.deepEqual(
    [logData["note"], logData["contactName"], logData["dispositions"]],
    ["Hello", "Luke Skywalker", { matters: matter.id, billableStatus: "non-billable" }],
  );
});

test("the user's settings decide about closed matters and time entries", async (t) => {
  const { fake, luke, ask } = await connectedExtension(t);
  fake.state.addMatter({ client: luke.id, status: "Closed" });
  await ask("POST", "/user/settings", {
    userSettings: { clioSeeClosedMatters: { value: true }, clioTimeEntriesEnabled: { value: false } },
  });
  const [contact] = objectsIn((await ask("GET", LOOK_UP)).json["contact"]);
  const additionalInfo = objectIn(contact?.["additionalInfo"]);
  assert.equal(objectsIn(additionalInfo["matters"]).length, 1);
  assert.equal(additionalInfo["logTimeEntry"], false);
  await ask("POST", "/callLog", newCall("s6", luke.id));
  assert.equal(fake.state.communications.length, 1);
  assert.equal(fake.state.activities.length, 0);
});

test("ten texts are one communication, ten more are merged into it, and the same ones again cost nothing", async (t) => {
  const { fake, luke, ask } = await connectedExtension(t);
  const text = (id: number) => ({
    id: String(id),
    type: "SMS",
    subject: `Text <${id}> & more`,
    direction: "Inbound",
    creationTime: Date.UTC(2026, 8, 21, 15, id),
    from: { phoneNumber: "+16505551212" },
    to: [{ phoneNumber: "+16505550100", name: "Ann Hall" }],
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
      contactType: "Person",
      contactName: "Luke",
      additionalSubmission: {},
    });
  const firstTen = Array.from({ length: 10 }, (_, at) => text(at));
  const moreTen = Array.from({ length: 10 }, (_, at) => text(at + 10));
  await ask("POST", "/user/settings", { userSettings: { smsTimeTrackingEnabled: { value: true } } });

  fake.requests.length = 0;
  const created = await post(firstTen);
  assert.equal(created.json["successful"], true, created.text);
  assert.deepEqual(linesOf(fake.requests), ["POST /api/v4/communications.json", "POST /api/v4/activities.json"]);

  fake.requests.length = 0;
  await post([...firstTen, ...moreTen]);
  assert.equal(fake.requests.length, 3);

  fake.requests.length = 0;
  await post(moreTen);
  assert.deepEqual(fake.requests, []);
  const { body } = theOnly(fake.state.communications);
  for (let at = 0; at < 20; at += 1) assert.equal(body.split(`Text <${at}> & more`).length, 2, String(at));
  assert.equal(theOnly(fake.state.activities).quantity, 30);
});

test("an account's limit of fifty a minute is announced as Clio does, and the log waits for it", async (t) => {
  const { fake, luke, ask } = await connectedExtension(t, { requestsPerMinute: 1 });
  const accepted = await ask("POST", "/callLog", newCall("s7", luke.id));
  assert.equal(accepted.json["successful"], true, accepted.text);
  assert.match(String(accepted.json["logId"]), /^pending-/);
  assert.equal(fake.state.communications.length, 0);
});
