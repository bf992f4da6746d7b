/** Whoever is first, events or a browser, and in whose name: a call or a message has one record in a company, and no company sees another's. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { newCall } from "../contract/calls.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, until } from "../support/trunkline.ts";
import { callPosted, conversationsPosted, IN_AMERICA, IN_ENGLAND, postMessages, seenAsLogged } from "./browser.ts";
import { activities, ANN, BEN, LUKE, office, type Office, wholeCall } from "./office.ts";

const WITH_LUKE = { with: { phoneNumber: LUKE } };

for (const database of await testDatabases()) {
  void suite(`one record in a company on ${database.name}`, { concurrency: true, skip: database.skip }, () => {
    test("a call that events logged in the administrator's name is found by its user's browser", async (t) => {
      const there = await office(t, database, { mapsBob: false });
      const { ask, bob, crm, running } = there;
      const token = await there.switchedOn();
      const sessionId = await wholeCall(there, bob, WITH_LUKE);
      const [record] = await activities(running, 1);
      assert.equal(record?.["ownerId"], ANN);
      const [call] = there.ringCentral.state.calls;
      assert.ok(call !== undefined);
      assert.deepEqual(await seenAsLogged(there, crm.ben, [call]), [true]);

      const posted = await ask("POST /callLog", { jwt: crm.ben, body: { ...callPosted(call), note: "Bob's words." } });
      assert.equal(posted.json["logId"], record["id"]);
      const change = { sessionId, note: "Bob's better words.", subject: "A call" };
      assert.equal((await ask("PATCH /callLog", { jwt: crm.ben, body: change })).json["logId"], record["id"]);
      const details = await ask("GET /callLog", { jwt: crm.ben, query: `sessionIds=${sessionId}&requireDetails=true` });
      assert.match(details.text, /Bob's better words\./);

      await t.test("and still once logging without a browser is switched off", async () => {
        await there.service("POST unsubscribe", {}, token);
        assert.deepEqual(await seenAsLogged(there, crm.ben, [call]), [true]);
        await ask("POST /callLog", { jwt: crm.ben, body: callPosted(call) });
        assert.equal((await activitiesIn(running)).length, 1);
      });
    });

    test("the record of a colleague who has left is taken over by whoever adds to it", async (t) => {
      const there = await office(t, database, { mapsBob: false });
      const { ask, bob, crm, running } = there;
      await there.switchedOn();
      const sessionId = await wholeCall(there, bob, WITH_LUKE);
      const [record] = await activities(running, 1);
      await ask("POST /unAuthorize", { jwt: crm.ann });
      const body = { sessionId, note: "Bob is still here.", subject: "A call" };
      const { json } = await ask("PATCH /callLog", { jwt: crm.ben, body });
      assert.equal(json["logId"], record?.["id"]);
      const [now, ...others] = await activitiesIn(running);
      assert.deepEqual(others, []);
      assert.match(String(now?.["body"]), /Bob is still here\./);
    });

    test("a call that a browser logged is completed by events, though its extension is mapped to nobody", async (t) => {
      const there = await office(t, database, { mapsBob: false });
      const { ask, bob, crm, ringCentral, running } = there;
      await there.switchedOn();
      const call = await ringCentral.phone.ring(bob, WITH_LUKE);
      await call.answer();
      await ask("POST /callLog", { jwt: crm.ben, body: newCall(call.sessionId, { logInfo: { duration: "pending" } }) });
      await call.hangUp({ afterSeconds: 75 });
      await until(async () => {
        const [first, ...others] = await activitiesIn(running);
        assert.deepEqual([first?.["ownerId"], others], [BEN, []]);
        return first?.["durationSeconds"] === 75 ? true : undefined;
      });
    });

    test("two colleagues who post the same session at the same moment make one record", async (t) => {
      const there = await office(t, database);
      const { ask, crm, running } = there;
      await there.switchedOn();
      const posts = Array.from({ length: 10 }, (_, at) =>
        ask("POST /callLog", { jwt: at % 2 === 0 ? crm.ann : crm.ben, body: newCall("together") }),
      );
      const logIds = (await Promise.all(posts)).map(({ json }) => json["logId"]);
      assert.deepEqual(new Set(logIds), new Set((await activitiesIn(running)).map(({ id }) => id)));
      assert.equal(new Set(logIds).size, 1);
    });

    test("a colleague of the same company in the CRM, but of another account at RingCentral, is a stranger", async (t) => {
      const there = await office(t, database);
      const { ask, bob, crm, otherAccountHash, running } = there;
      await there.switchedOn();
      await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${otherAccountHash}` });
      await wholeCall(there, bob, WITH_LUKE);
      await activities(running, 1);
      const [call] = there.ringCentral.state.calls;
      assert.ok(call !== undefined);
      assert.deepEqual(await seenAsLogged(there, crm.ben, [call]), [false]);
      await ask("POST /callLog", { jwt: crm.ben, body: callPosted(call) });
      assert.equal((await activitiesIn(running)).length, 2);
    });

    test("without anybody who logs for the company, each colleague has a record of their own", async (t) => {
      const { ask, bob, crm, running, service, logIn } = await office(t, database);
      const own = { crmToken: crm.ben, subscriptionLevel: "User" };
      assert.equal((await service("POST subscribe", own, await logIn(bob))).status, 200);
      for (const jwt of [crm.ann, crm.ben]) await ask("POST /callLog", { jwt, body: newCall("each") });
      assert.equal((await activitiesIn(running)).length, 2);
    });

    test("messages of a colleague without a login are found once they connect, whatever day their browser names", async (t) => {
      const there = await office(t, database);
      const { ask, bob, crm, ringCentral, running } = there;
      await ask("POST /unAuthorize", { jwt: crm.ben });
      await there.switchedOn();
      const { conversationId = "" } = await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "One." });
      await saying(there, "One.");
      await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "Two.", conversationId });
      const [record, ...others] = await saying(there, "Two.");
      assert.deepEqual([record?.["ownerId"], others], [BEN, []]);
      const jwt = await there.logInAsBen();
      for (const browser of [IN_ENGLAND, IN_AMERICA]) {
        const posted = conversationsPosted(there, ringCentral.state.messages, browser);
        assert.deepEqual(await postMessages(there, jwt, posted), []);
      }
      assert.deepEqual(await activitiesIn(running), [record]);
    });

    test("a browser and events continue each other's conversation, though they name its day differently", async (t) => {
      const there = await office(t, database);
      const { bob, crm, ringCentral, running } = there;
      await there.switchedOn();
      const { phone, state } = ringCentral;
      const { conversationId = "" } = await phone.text(bob, { ...WITH_LUKE, text: "First." });
      await saying(there, "First.");
      // RingCentral's event is late: the browser is first with the second.
      ringCentral.subscriptions.all.length = 0;
      await phone.text(bob, { ...WITH_LUKE, text: "Second.", conversationId });
      const added = await postMessages(there, crm.ben, conversationsPosted(there, state.messages, IN_ENGLAND));
      assert.deepEqual(added, [String(state.messages[1]?.id)]);
      const records = await saying(there, "Second.");
      assert.equal(records.length, 1);
      const body = String((await activitiesIn(running))[0]?.["body"]);
      assert.deepEqual(
        ["First.", "Second."].map((words) => body.split(words).length - 1),
        [1, 1],
      );
    });

    test("colleagues who post overlapping parts of a conversation at the same moment log each message once", async (t) => {
      const there = await office(t, database);
      const { bob, crm, ringCentral, running } = there;
      await there.switchedOn();
      const conversationId = "8031152000839";
      // In Berlin it is the next day already, so that the two name the conversation's day differently.
      const began = Date.parse("2027-03-02T23:30:00Z");
      const messages = Array.from({ length: 12 }, (_, at) =>
        ringCentral.state.addMessage(bob, { conversationId, text: `Message ${at}.`, creationTime: began + at }),
      );
      const parts = [0, 3, 6, 2, 5, 1].map((from) => messages.slice(from, from + 6));
      const added = await Promise.all(
        parts.map((part, at) => {
          const posted = conversationsPosted(there, part, at % 2 === 0 ? IN_ENGLAND : IN_AMERICA);
          return postMessages(there, at % 3 === 0 ? crm.ann : crm.ben, posted);
        }),
      );
      assert.deepEqual(added.flat().map(String).toSorted(), messages.map(({ id }) => String(id)).toSorted());
      assert.equal((await activitiesIn(running)).length, 2);
      const bodies = await until(async () => {
        const all = (await activitiesIn(running)).map(({ body }) => String(body)).join("\n");
        return messages.every(({ text = "" }) => all.includes(text)) ? all : undefined;
      });
      for (const { text = "" } of messages) assert.equal(bodies.split(text).length, 2, bodies);
    });
  });
}

/** The records that have these words, as soon as there is one. */
function saying({ running }: Pick<Office, "running">, words: string) {
  return until(async () => {
    const found = (await activitiesIn(running)).filter(({ body }) => String(body).includes(words));
    return found.length > 0 ? found : undefined;
  });
}
