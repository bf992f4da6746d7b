/** Conversations: one record each, in order, nothing twice, and every kind of attachment without its token. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { activitiesIn, askCrm, setFaults } from "../support/trunkline.ts";
import { conversation, LUKES_NUMBER, STARTED_AT, text } from "./calls.ts";
import { connectedExtension, type Extension, noticeOf, textOf } from "./extension.ts";
import { RC_TOKEN } from "./ring-central-records.ts";

const MEDIA = "https://media.ringcentral.com/restapi/v1.0/account/401/extension/402/message-store";
/** Newest first, as the wire has them. */
const TEN = Array.from({ length: 10 }, (_, at) =>
  text(String(1_000 + at), `Text number ${at}.`, at, { direction: at % 2 === 0 ? "Inbound" : "Outbound" }),
).toReversed();

/** The conversation's only record. */
async function recordOf(
  { running }: Extension,
  externalSubject: RegExp,
): Promise<{ id: string; type: unknown; body: string; startedAt: unknown }> {
  const found = (await activitiesIn(running)).filter(({ subject }) => externalSubject.test(textOf(subject)));
  const [{ id, type, body, startedAt } = {}, ...others] = found;
  assert.deepEqual(others, []);
  return { id: textOf(id), type, body: textOf(body), startedAt };
}

test("a batch of texts", async (t) => {
  const ann = await connectedExtension(t);

  await t.test("becomes one record in one create, in order, and the answer lists the messages", async () => {
    ann.running.crmRequests.length = 0;
    const answer = await ann.logMessages(conversation("c1", TEN));
    assert.equal(noticeOf(answer).messageType, "success");
    assert.deepEqual(answer.json["logIds"], TEN.map(({ id }) => id).toReversed());
    assert.deepEqual(ann.running.crmRequests, ["POST /api/activities"]);
    const { body, type, startedAt } = await recordOf(ann, /Luke Skywalker/);
    assert.equal(type, "sms");
    assert.equal(startedAt, new Date(STARTED_AT).toISOString());
    const places = TEN.map(({ subject }) => body.indexOf(textOf(subject))).toReversed();
    assert.ok(
      places.every((place) => place >= 0),
      body,
    );
    assert.ok(isOrdered(places), body);
    assert.match(body, /Luke Skywalker/);
    assert.match(body, /Ann Operator/);
  });

  await t.test("that was sent before adds nothing and asks the CRM nothing, one by one or all at once", async () => {
    const { body } = await recordOf(ann, /Luke Skywalker/);
    ann.running.crmRequests.length = 0;
    for (const batch of [TEN, TEN.slice(0, 1), TEN.slice(3, 7), [...TEN, ...TEN]]) {
      const answer = await ann.logMessages(conversation("c1", batch));
      assert.deepEqual([answer.json["successful"], answer.json["logIds"]], [true, []]);
    }
    assert.deepEqual(ann.running.crmRequests, []);
    assert.equal((await recordOf(ann, /Luke Skywalker/)).body, body);
  });

  await t.test(
    "that continues a conversation costs one read and one write, and keeps what a person added",
    async () => {
      const { id, body } = await recordOf(ann, /Luke Skywalker/);
      await askCrm(ann.running, "PATCH", `/api/activities/${id}`, { body: `${body}\nRemember his birthday.\n` });
      ann.running.crmRequests.length = 0;
      const more = [text("1011", "And one more.", 21), text("1010", "Later that day.", 20), ...TEN];
      const answer = await ann.logMessages(conversation("c1", more));
      assert.deepEqual(answer.json["logIds"], ["1010", "1011"]);
      assert.deepEqual(ann.running.crmRequests, [`GET /api/activities/${id}`, `PATCH /api/activities/${id}`]);
      const now = (await recordOf(ann, /Luke Skywalker/)).body;
      const words = [...TEN.map(({ subject }) => textOf(subject)).toReversed(), "Later that day.", "And one more."];
      for (const word of [...words, "Remember his birthday."])
        assert.equal(now.split(word).length, 2, `${word} once in ${now}`);
      assert.match(now, /12/);
    },
  );

  await t.test("of another day is another record; ten at once of one day are one", async () => {
    const before = (await activitiesIn(ann.running)).length;
    const nextDay = { conversationLogId: "c1/9/22/2026", date: "9/22/2026" };
    await ann.logMessages(conversation("c1", [text("2000", "A new day.", 1_440)], { logInfo: nextDay }));
    assert.equal((await activitiesIn(ann.running)).length, before + 1);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        ann.logMessages(conversation("c2", [text(`30${at}`, `Parallel ${at}.`, at)])),
      ),
    );
    assert.deepEqual(
      answers.map(({ json }) => String(json["logIds"])).toSorted(),
      Array.from({ length: 10 }, (_, at) => `30${at}`),
    );
    const activities = await activitiesIn(ann.running);
    assert.equal(activities.length, before + 2);
    const body = textOf(activities.find((one) => textOf(one["body"]).includes("Parallel"))?.["body"]);
    for (let at = 0; at < 10; at += 1) assert.equal(body.split(`Parallel ${at}.`).length, 2, body);
  });

  await t.test(
    "always has logIds in the answer: with nothing to log, nobody to log it for, or a CRM that fails",
    async () => {
      const bodies = [
        conversation("c3", []),
        conversation("c3", TEN, { contactId: "createNewContact" }),
        conversation("c3", TEN, { contactId: "" }),
        conversation("c3", TEN, { contactId: null }),
        conversation("c3", TEN, { contactId: "999" }),
      ];
      for (const body of bodies) {
        const answer = await ann.logMessages(body);
        assert.deepEqual(
          [answer.status, answer.json["successful"], answer.json["logIds"]],
          [200, false, []],
          answer.text,
        );
        assert.notEqual(noticeOf(answer).messageType, "success");
      }
      await setFaults(ann.running, { match: "POST /api/activities", kind: "500" });
      const failed = await ann.logMessages(conversation("c4", [text("4000", "Not lost.", 0)]));
      assert.deepEqual([failed.json["successful"], failed.json["logIds"]], [true, ["4000"]]);
      assert.match(noticeOf(failed).message, /Nothing is lost/);
    },
  );
});

test("attachments and other kinds", async (t) => {
  const ann = await connectedExtension(t);
  const bodyWith = async (words: string) => {
    const found = (await activitiesIn(ann.running)).filter(({ body }) => textOf(body).includes(words));
    assert.equal(found.length, 1, words);
    return { type: found[0]?.["type"], body: textOf(found[0]?.["body"]) };
  };

  await t.test("a voicemail is a record of its own with a link to the recording", async () => {
    const link = `https://ringcentral.github.io/ringcentral-media-reader/?media=${encodeURIComponent(`${MEDIA}/50/content/51`)}`;
    const attachments = [
      {
        id: 51,
        type: "AudioRecording",
        link: `${link}&accessToken=${RC_TOKEN}`,
        uri: `${MEDIA}/50/content/51`,
        contentType: "audio/mpeg",
      },
    ];
    const voicemail = text("50", "", 0, { type: "VoiceMail", attachments });
    const { json } = await ann.logMessages(conversation("50", [voicemail], { logInfo: { type: "VoiceMail" } }));
    assert.deepEqual(json["logIds"], ["50"]);
    const { type, body } = await bodyWith("50%2Fcontent%2F51");
    assert.equal(type, "voicemail");
    assert.match(body, /Voicemail/i);
  });

  await t.test("a fax has its pages and its document, and the access token that came along stays here", async () => {
    const attachments = [
      {
        id: 61,
        type: "RenderedDocument",
        link: `${MEDIA}/60/content/61?access_token=${RC_TOKEN}`,
        uri: `${MEDIA}/60/content/61`,
      },
    ];
    const fax = text("60", "", 0, { type: "Fax", direction: "Outbound", attachments, faxPageCount: 3 });
    await ann.logMessages(conversation("60", [fax], { logInfo: { type: "Fax", rcAccessToken: RC_TOKEN } }));
    const { type, body } = await bodyWith("60/content/61");
    assert.equal(type, "fax");
    assert.match(body, /3/);
    assert.match(body, /Fax/);
  });

  await t.test("pictures and films of an MMS are links that open without a token", async () => {
    const attachments = [
      { id: 71, type: "MmsAttachment", uri: `${MEDIA}/70/content/71`, contentType: "image/png", fileName: "ship.png" },
      {
        id: 72,
        type: "MmsAttachment",
        uri: `${MEDIA}/70/content/72?access_token=${RC_TOKEN}`,
        contentType: "video/mp4",
      },
    ];
    await ann.logMessages(
      conversation("70", [text("70", "Look at this", 0, { attachments })], { logInfo: { rcAccessToken: RC_TOKEN } }),
    );
    const { body } = await bodyWith("Look at this");
    assert.match(body, /Image ship\.png: https:\/\/.*71/);
    assert.match(body, /Video: https:\/\/.*72/);
  });

  await t.test("a group's messages are logged for each participant's contact, in a record each", async () => {
    const correspondents = [
      { phoneNumber: LUKES_NUMBER, name: "Luke Skywalker" },
      { phoneNumber: "+442079460958", name: "Eleanor O'Brien" },
    ];
    const group = [
      text("82", "Me too.", 2, { from: { phoneNumber: "+442079460958" } }),
      text("81", "I am in.", 1),
      text("80", "Who is coming?", 0, { direction: "Outbound" }),
    ];
    for (const [contactId, contactName] of [
      ["1", "Luke Skywalker"],
      ["2", "Eleanor O'Brien"],
    ] as const) {
      const { json } = await ann.logMessages(
        conversation("80", group, { logInfo: { correspondents }, contactId, contactName }),
      );
      assert.deepEqual(json["logIds"], ["80", "81", "82"]);
    }
    const records = (await activitiesIn(ann.running)).filter(({ body }) => textOf(body).includes("Who is coming?"));
    assert.deepEqual(records.map(({ contactId }) => textOf(contactId)).toSorted(), ["1", "2"]);
    for (const { body } of records) assert.match(textOf(body), /Luke Skywalker[^]*Eleanor O'Brien/);
  });

  await t.test("a shared inbox names its owner, and carries entries that nobody knows yet", async () => {
    const logInfo = {
      owner: { name: "Support Team", extensionId: "7" },
      assignee: { name: "Ann Operator" },
      entities: [{ recordType: "ThreadCreatedHint" }],
    };
    await ann.logMessages(conversation("90", [text("90", "Is anybody there?", 0)], { logInfo }));
    assert.match((await bodyWith("Is anybody there?")).body, /Support Team/);
  });

  await t.test("no token of RingCentral's is in any record", async () => {
    const records = JSON.stringify(await activitiesIn(ann.running));
    assert.ok(!records.includes(RC_TOKEN));
    assert.doesNotMatch(records, /access_?token/i);
  });
});

function isOrdered(places: readonly number[]): boolean {
  return places.every((place, at) => at === 0 || place > (places[at - 1] ?? 0));
}
