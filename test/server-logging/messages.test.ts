/** Texts, voicemails and faxes without a browser: whose, which kinds, of groups, and where RingCentral or the CRM does not play along. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { rowsOf } from "../operators/whole-database.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, askCrm, setFaults, until } from "../support/trunkline.ts";
import { conversationsPosted, IN_AMERICA, postMessages } from "./browser.ts";
import { activities, ANN, BEN, ELEANOR, LUKE, NOBODY, office, type Office } from "./office.ts";

const WITH_LUKE = { with: { phoneNumber: LUKE } };
const DAY_MS = 24 * 60 * 60 * 1000;

for (const database of await testDatabases()) {
  void suite(`messages without any browser on ${database.name}`, { concurrency: true, skip: database.skip }, () => {
    test("a day of a conversation is one record, by the clock of the user in the CRM", async (t) => {
      const there = await office(t, database);
      const { bob, ringCentral, running } = there;
      await there.switchedOn();
      const conversationId = "8031152000839";
      // Ben works in Berlin.
      const evening = { ...WITH_LUKE, conversationId, creationTime: Date.parse("2027-03-02T22:30:00Z") };
      await ringCentral.phone.text(bob, { ...evening, text: "Still up?" });
      await ringCentral.phone.text(bob, { ...evening, text: "Yes.", direction: "Outbound" });
      const past = { ...evening, creationTime: Date.parse("2027-03-02T23:30:00Z") };
      await ringCentral.phone.text(bob, { ...past, text: "It is tomorrow." });
      await everyWord(there, ["Still up?", "Yes.", "It is tomorrow."]);
      const records = await activitiesIn(running);
      assert.equal(records.length, 2);
      const [first, second] = ["Still up?", "It is tomorrow."].map((words) =>
        records.find(({ body }) => String(body).includes(words)),
      );
      assert.match(String(first?.["body"]), /Yes\./);
      assert.notEqual(first?.["id"], second?.["id"]);
    });

    test("a group has a record for each participant who is known, and whoever is not is asked for again", async (t) => {
      const there = await office(t, database);
      const { bob, crm, databaseUrl, ringCentral, running } = there;
      await there.switchedOn();
      const others = [{ phoneNumber: ELEANOR }, { phoneNumber: NOBODY, name: "Somebody" }];
      const group = { ...WITH_LUKE, others, conversationId: "8031152000840" };
      await ringCentral.phone.text(bob, { ...group, text: "Who is coming?", direction: "Outbound" });
      await ringCentral.phone.text(bob, { ...group, text: "I am." });
      await everyWord(there, ["Who is coming?", "I am."], 2);
      const records = await activitiesIn(running);
      assert.deepEqual(records.map(({ contactId }) => String(contactId)).toSorted(), ["1", "2"]);
      for (const { body } of records) assert.match(String(body), /Luke Skywalker[^]*Eleanor O'Brien/);

      await askCrm(running, "POST", "/api/contacts", { name: "Nora New", phones: [{ number: NOBODY }] });
      await rowsOf(databaseUrl, "delete from contact_numbers");
      await rowsOf(databaseUrl, "update recorded_messages set due_at = 0");
      await everyWord(there, ["Who is coming?", "I am."], 3);
      assert.equal((await activitiesIn(running)).length, 3);

      await t.test("and a browser adds nothing, whether it takes it for a group or not", async () => {
        const { messages } = ringCentral.state;
        const correspondents = [{ phoneNumber: LUKE }, { phoneNumber: ELEANOR }, { phoneNumber: NOBODY }];
        for (const more of [{ correspondents }, {}]) {
          assert.deepEqual(
            await postMessages(there, crm.ben, conversationsPosted(there, messages, IN_AMERICA, more)),
            [],
          );
        }
      });
    });

    test("a group with somebody who is never to be logged is not logged", async (t) => {
      const there = await office(t, database);
      const { bob, ringCentral, running, service } = there;
      const token = await there.switchedOn();
      await service("POST do-not-log-numbers", { doNotLogNumbers: ELEANOR }, token);
      const group = { ...WITH_LUKE, others: [{ phoneNumber: ELEANOR }] };
      await ringCentral.phone.text(bob, { ...group, text: "Between us." });
      await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "For the record." });
      await everyWord(there, ["For the record."]);
      assert.equal((await activitiesIn(running)).length, 1);
    });

    test("a kind that somebody has switched off is not logged, unless the administrator decided otherwise", async (t) => {
      const there = await office(t, database, { mapsAnn: true });
      const { ann, ask, bob, crm, ringCentral, running, tokens } = there;
      await there.switchedOn();
      const { phone } = ringCentral;
      const off = { value: false };
      const userSettings = { autoLogSMS: off, autoLogInboundFax: off, autoLogVoicemail: off, autoLogCall: off };
      await ask("POST /user/settings", { jwt: crm.ben, body: { userSettings } });
      const decided = { autoLogSMS: { value: true, customizable: false }, autoLogOutboundFax: off };
      const adminSettings = { userSettings: decided };
      await ask("POST /admin/settings", { rc: tokens.administrator, body: { adminSettings } });
      const document = Buffer.from("%PDF");
      await phone.fax(bob, { ...WITH_LUKE, pages: 1, document });
      await phone.voicemail(bob, { ...WITH_LUKE, recording: Buffer.from("hello") });
      await phone.fax(ann, { ...WITH_LUKE, direction: "Outbound", pages: 1, document });
      await phone.text(bob, { ...WITH_LUKE, text: "The administrator wants this." });
      await phone.voicemail(ann, { ...WITH_LUKE, recording: Buffer.from("hello") });
      const records = await activities(running, 2);
      await until(async () => ((await waiting(there)) === 0 ? true : undefined));
      assert.deepEqual(records.map(({ ownerId, type }) => `${String(type)} of ${String(ownerId)}`).toSorted(), [
        `sms of ${BEN}`,
        `voicemail of ${ANN}`,
      ]);
      assert.equal((await activitiesIn(running)).length, 2);
    });

    test("an agent has their own messages logged, never a colleague's", async (t) => {
      const there = await office(t, database, { mapsAnn: true });
      const { ann, bob, crm, ringCentral, running, service } = there;
      const own = { crmToken: crm.ben, subscriptionLevel: "User" };
      assert.equal((await service("POST subscribe", own, await there.logIn(bob))).status, 200);
      await ringCentral.phone.text(ann, { ...WITH_LUKE, text: "To Ann." });
      await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "To Bob." });
      await everyWord(there, ["To Bob."]);
      assert.deepEqual(
        (await activitiesIn(running)).map(({ ownerId }) => ownerId),
        [BEN],
      );
      await t.test("and their browser, which names the day differently, adds nothing", async () => {
        const messages = ringCentral.state.messages.filter(({ extensionId }) => extensionId === bob.id);
        const abroad = { locale: "de-DE", timeZone: "Pacific/Kiritimati" };
        assert.deepEqual(await postMessages(there, crm.ben, conversationsPosted(there, messages, abroad)), []);
      });
    });

    test("where RingCentral does not show others' messages, it is said so, and calls are logged all the same", async (t) => {
      const there = await office(t, database, { mapsAnn: true });
      const { ann, bob, ringCentral, running } = there;
      ann.seesMessagesOfOthers = false;
      const token = await subscribed(there);
      await ringCentral.phone.text(ann, { ...WITH_LUKE, text: "To the administrator." });
      await (await ringCentral.phone.ring(bob, WITH_LUKE)).hangUp();
      const records = await activities(running, 2);
      assert.deepEqual(records.map(({ type }) => String(type)).toSorted(), ["call", "sms"]);
      const ofBob = `^Messages of extension ${bob.id}: RingCentral does not let this login read the texts`;
      assert.match(await problemOf(there, token), new RegExp(ofBob));
    });

    test("an app that may not read messages is told of calls all the same", async (t) => {
      const there = await office(t, database);
      const { bob, ringCentral, running } = there;
      const error = { errorCode: "CMN-401", message: "application needs to have [ReadMessages] permission" };
      const body = { errors: [error] };
      const refused = { kind: "answer", status: 403, body } as const;
      ringCentral.faults.order({ ...refused, match: "POST /restapi/v1.0/subscription" });
      ringCentral.faults.order({ ...refused, match: "* */message-sync", times: 100 });
      const token = await subscribed(there);
      assert.match(await problemOf(there, token), /the app the permission Read Messages/);
      await (await ringCentral.phone.ring(bob, WITH_LUKE)).hangUp();
      assert.equal((await activities(running, 1)).length, 1);
    });

    test("a colleague who is mapped later is listened to at once", async (t) => {
      const there = await office(t, database);
      const { ann, ask, bob, ringCentral, tokens } = there;
      await there.switchedOn();
      const filters = () => ringCentral.subscriptions.standing().flatMap(({ eventFilters }) => eventFilters);
      const storeOf = (id: number) => new RegExp(`/extension/${id}/message-store$`);
      assert.deepEqual(
        [bob, ann].map(({ id }) => filters().some((filter) => storeOf(id).test(filter))),
        [true, false],
      );
      const userMappings = [{ crmUserId: ANN, rcExtensionId: String(ann.id) }];
      await ask("POST /admin/settings", { rc: tokens.administrator, body: { adminSettings: { userMappings } } });
      await until(async () => (filters().some((filter) => storeOf(ann.id).test(filter)) ? true : undefined));
      assert.ok(!filters().some((filter) => storeOf(bob.id).test(filter)));
      assert.equal(ringCentral.subscriptions.all.length, 1);
      await ringCentral.phone.text(ann, { ...WITH_LUKE, text: "Welcome." });
      await everyWord(there, ["Welcome."]);
    });

    test("while a CRM is away nothing is lost, and a fax that is still going out waits", async (t) => {
      const there = await office(t, database);
      const { bob, ringCentral, running } = there;
      await there.switchedOn();
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 3 });
      await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "Patience." });
      const fax = ringCentral.state.addMessage(bob, {
        type: "Fax",
        direction: "Outbound",
        text: undefined,
        conversationId: undefined,
        messageStatus: "Queued",
        attachments: [{ id: 7, type: "RenderedDocument", contentType: "application/pdf", fileName: "fax.pdf" }],
      });
      await everyWord(there, ["Patience."]);
      assert.equal((await activitiesIn(running)).length, 1);
      ringCentral.state.change(fax, { messageStatus: "Sent" });
      await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "It is gone." });
      const [record] = await until(async () => {
        const faxes = (await activitiesIn(running)).filter(({ type }) => type === "fax");
        return faxes.length > 0 ? faxes : undefined;
      });
      assert.match(String(record?.["body"]), new RegExp(`message-store/${fax.id}/content/7`));
    });

    test("what RingCentral tells again of a message that is logged asks the CRM nothing", async (t) => {
      const there = await office(t, database);
      const { bob, ringCentral, running } = there;
      await there.switchedOn();
      const message = await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "Read me." });
      await everyWord(there, ["Read me."]);
      await until(async () => ((await waiting(there)) === 0 ? true : undefined));
      await rowsOf(there.databaseUrl, "delete from contact_numbers");
      running.crmRequests.length = 0;
      ringCentral.state.change(message, { lastModifiedTime: Date.now() + DAY_MS });
      ringCentral.state.change(
        await ringCentral.phone.text(bob, { with: { phoneNumber: ELEANOR }, text: "Next." }),
        {},
      );
      await everyWord(there, ["Next."]);
      await until(async () => ((await waiting(there)) === 0 ? true : undefined));
      // All of it is about the other text.
      assert.deepEqual(running.crmRequests.toSorted(), ["GET /api/contacts", "GET /api/deals", "POST /api/activities"]);
    });
  });
}

/** As soon as each of these words is in so many records. */
function everyWord({ running }: Pick<Office, "running">, words: readonly string[], records = 1) {
  return until(async () => {
    const bodies = (await activitiesIn(running)).map(({ body }) => String(body));
    const isThere = words.every((word) => bodies.filter((body) => body.includes(word)).length === records);
    return isThere ? true : undefined;
  });
}

/** Switched on, whatever does not work yet. */
async function subscribed({ ann, crm, logIn, service }: Office): Promise<string> {
  const token = await logIn(ann);
  const { json } = await service("POST subscribe", { crmToken: crm.ann, subscriptionLevel: "Account" }, token);
  assert.equal(json["successful"], true);
  return token;
}

/** What the service says is wrong, as soon as something is. */
function problemOf({ service }: Pick<Office, "service">, token: string): Promise<string> {
  return until(async () => {
    const { problem } = (await service("GET subscription", undefined, token)).json;
    return typeof problem === "string" ? problem : undefined;
  });
}

/** How many messages are on their way. */
async function waiting({ databaseUrl }: Pick<Office, "databaseUrl">): Promise<number> {
  return (await rowsOf(databaseUrl, "select message_id from recorded_messages")).length;
}
