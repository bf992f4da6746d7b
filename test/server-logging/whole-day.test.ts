/** A day from RingCentral's events alone: calls, texts, a voicemail, faxes, and what can go wrong. Then browsers post all of it. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { askingAt } from "../admin/administration.ts";
import { colleague } from "../fake-ringcentral/phone.ts";
import type { FakeCall, FakeMessage } from "../fake-ringcentral/state.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, runTrunkline, until } from "../support/trunkline.ts";
import { callPosted, conversationsPosted, IN_ENGLAND, postMessages, seenAsLogged } from "./browser.ts";
import { BEN, ELEANOR, LUKE, office } from "./office.ts";

const PICTURE = Buffer.from("a picture");

for (const database of await testDatabases()) {
  void suite(`a whole day without any browser on ${database.name}`, { concurrency: true, skip: database.skip }, () => {
    test("everything is in the CRM once, and stays so when browsers post all of it", async (t) => {
      const there = await office(t, database, { mapsAnn: true, keepsDemoCrm: true });
      const { ann, bob, crm, environment, ringCentral, running } = there;
      const { phone, state } = ringCentral;
      const token = await there.switchedOn();
      const numbers = { doNotLogNumbers: ELEANOR };
      assert.equal((await there.service("POST do-not-log-numbers", numbers, token)).status, 200);
      const withLuke = { with: { phoneNumber: LUKE } };

      const talk = await phone.ring(bob, withLuke);
      await talk.answer();
      await talk.hangUp({ afterSeconds: 75, recording: Buffer.from("a recording") });
      const passedOn = await phone.ring(ann, withLuke);
      await passedOn.answer();
      await passedOn.transfer(bob);
      await passedOn.hangUp({ afterSeconds: 200 });
      const first = await phone.text(bob, { ...withLuke, text: "Are the X-wings ready?" });
      const { conversationId = "" } = first;
      await phone.text(bob, { ...withLuke, direction: "Outbound", text: "Two of them.", conversationId });
      const voicemail = await phone.voicemail(bob, { ...withLuke, recording: Buffer.from("hello") });
      await phone.fax(ann, { ...withLuke, pages: 2, document: Buffer.from("%PDF") });

      // What is nobody's business: among colleagues, and a number that is never to be logged.
      await (await phone.ring(bob, { with: colleague(ann) })).hangUp();
      await phone.text(bob, { with: colleague(ann), text: "Lunch?" });
      await (await phone.ring(bob, { with: { phoneNumber: ELEANOR } })).hangUp();
      await phone.text(bob, { with: { phoneNumber: ELEANOR }, text: "A secret." });
      await logged(running, { call: 2, sms: 1, voicemail: 1, fax: 1 });

      // We are away, and RingCentral forgets whom it told, and how far we had read.
      await running.close();
      await phone.text(bob, { ...withLuke, text: "And the third?", conversationId, picture: PICTURE });
      await phone.fax(ann, { ...withLuke, direction: "Outbound", pages: 1, document: Buffer.from("%PDF") });
      const missed = await phone.ring(ann, withLuke);
      await missed.hangUp();
      ringCentral.subscriptions.all.length = 0;
      state.resets += 1;
      const again = await runTrunkline(t, { folder: running.folder, environment, keepsDemoCrm: true });
      const after = { ringCentral, ask: askingAt(again, crm.ann) };
      await logged(again, { call: 3, sms: 1, voicemail: 1, fax: 2 });
      const records = await until(async () => {
        const activities = await activitiesIn(again);
        const texts = activities.find(({ type }) => type === "sms");
        return String(texts?.["body"]).includes("And the third?") ? activities : undefined;
      });
      assert.equal(ringCentral.subscriptions.standing().length, 1);

      await t.test("in the name of whoever had it, with its links", () => {
        const bodyOf = (kind: string) => String(records.find(({ type }) => type === kind)?.["body"]);
        const texts = bodyOf("sms");
        const places = ["Are the X-wings ready?", "Two of them.", "And the third?"].map((words) =>
          texts.indexOf(words),
        );
        assert.ok(
          places.every((place, at) => place > (places[at - 1] ?? -1)),
          texts,
        );
        assert.match(texts, /Image picture\.png: https:\/\/ringcentral\.github\.io\/ringcentral-media-reader/);
        assert.match(bodyOf("voicemail"), new RegExp(`media-reader/\\?media=.*message-store%2F${voicemail.id}`));
        assert.match(bodyOf("fax"), /Fax document link: http.*\/content\/\d+/);
        const owners = records.map(({ ownerId, type }) => `${String(type)} of ${String(ownerId)}`).toSorted();
        const bens = ["call of 2", "sms of 2", "voicemail of 2"];
        assert.deepEqual(owners, ["call of 1", "call of 1", ...bens, "fax of 1", "fax of 1"].toSorted());
        assert.equal(records.find(({ type }) => type === "sms")?.["ownerId"], BEN);
        assert.ok(!JSON.stringify(records).includes("A secret."));
        assert.doesNotMatch(JSON.stringify(records), /access_?token|rc-access/i);
      });

      await t.test("and browsers find it and add nothing", async () => {
        const withLukeAlone = (one: FakeCall | FakeMessage) =>
          one.outsider.extensionId === undefined && one.outsider.phoneNumber === LUKE;
        for (const [extension, jwt] of [
          [ann, crm.ann],
          [bob, crm.ben],
        ] as const) {
          const calls = state.calls.filter((call) => call.extensionIds.includes(extension.id) && withLukeAlone(call));
          const found = await seenAsLogged(after, jwt, calls);
          assert.deepEqual(
            found,
            calls.map(() => true),
          );
          for (const call of calls) await after.ask("POST /callLog", { jwt, body: callPosted(call) });
          const messages = state.messages.filter((one) => one.extensionId === extension.id && withLukeAlone(one));
          assert.deepEqual(await postMessages(after, jwt, conversationsPosted(after, messages, IN_ENGLAND)), []);
        }
        assert.deepEqual(plain(await activitiesIn(again)), plain(records));
      });
    });
  });
}

type Counts = Readonly<Record<"call" | "sms" | "voicemail" | "fax", number>>;

async function logged(running: Parameters<typeof activitiesIn>[0], wanted: Counts): Promise<void> {
  await until(async () => {
    const types = (await activitiesIn(running)).map(({ type }) => type);
    const counts = Object.keys(wanted).map((kind) => types.filter((type) => type === kind).length);
    return counts.join() === Object.values(wanted).join() ? true : undefined;
  });
}

function plain(records: readonly object[]) {
  return records.map((record) => JSON.stringify(record)).toSorted();
}
