/** Conversations: batches in one create or one read and one write, in order, once. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import {
  activitiesIn,
  askCrm,
  logIn,
  type Running,
  runTrunkline,
  setFaults,
  until,
  type WireAnswer,
} from "../support/trunkline.ts";
import { assertOnItsWay } from "./call.ts";

const DAY = Date.UTC(2026, 8, 21, 16);

/** Newest first, as the client sends them. */
function messages(from: number, to: number): object[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = to - index;
    return {
      id: 1_000 + number,
      type: "SMS",
      subject: `message ${number}`,
      direction: number % 2 === 0 ? "Outbound" : "Inbound",
      creationTime: DAY + number * 60_000,
      from: number % 2 === 0 ? { phoneNumber: "+16505550100", name: "Ann Operator" } : { phoneNumber: "+16505551212" },
      to: [{ phoneNumber: "+16505550100" }],
    };
  });
}

interface Texting {
  running: Running;
  post(list: object[], more?: object): Promise<WireAnswer>;
}

async function texting(t: TestContext, database: TestDatabase): Promise<Texting> {
  const running = await runTrunkline(t, { environment: await database.environment(t) });
  const token = await logIn(running);
  return {
    running,
    post: (list, more = {}) =>
      running.send("POST", `/messageLog?jwtToken=${token}`, {
        logInfo: {
          conversationId: "5551",
          conversationLogId: "5551/9/21/2026",
          type: "SMS",
          messages: list,
          correspondents: [{ phoneNumber: "+16505551212", name: "Luke Skywalker" }],
          ...more,
        },
        contactId: "1",
        contactType: "Contact",
        contactName: "Luke Skywalker",
      }),
  };
}

function numbersIn(body: unknown): number[] {
  return [...String(body).matchAll(/message (\d+)/g)].map((found) => Number(found[1]));
}

for (const database of await testDatabases()) {
  await suite(`conversations on ${database.name}`, { concurrency: 5, skip: database.skip }, () => {
    test("ten new messages cost one request and stand oldest first", async (t) => {
      const { running, post } = await texting(t, database);
      running.crmRequests.length = 0;
      const answer = await post(messages(1, 10));
      assert.equal(answer.json["successful"], true);
      assert.deepEqual(
        answer.json["logIds"],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => String(1_000 + number)),
      );
      assert.deepEqual(running.crmRequests, ["POST /api/activities"]);
      const [activity] = await activitiesIn(running);
      assert.deepEqual(numbersIn(activity?.["body"]), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      assert.match(String(activity?.["body"]), /10 messages/);
    });

    test("a batch that overlaps adds only what is new, in one read and one write, at its place in time", async (t) => {
      const { running, post } = await texting(t, database);
      await post([...messages(9, 12), ...messages(1, 4)]);
      running.crmRequests.length = 0;
      const answer = await post(messages(3, 10));
      assert.deepEqual(answer.json["logIds"], ["1005", "1006", "1007", "1008"]);
      const [activity, ...others] = await activitiesIn(running);
      assert.deepEqual(others, []);
      assert.deepEqual(running.crmRequests, [
        `GET /api/activities/${String(activity?.["id"])}`,
        `PATCH /api/activities/${String(activity?.["id"])}`,
      ]);
      assert.deepEqual(numbersIn(activity?.["body"]), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      assert.match(String(activity?.["body"]), /12 messages/);
    });

    test("a batch sent again adds nothing, costs nothing and answers with an empty list", async (t) => {
      const { running, post } = await texting(t, database);
      await post(messages(1, 3));
      running.crmRequests.length = 0;
      const again = await post(messages(1, 3));
      assert.equal(again.json["successful"], true);
      assert.deepEqual(again.json["logIds"], []);
      assert.deepEqual(running.crmRequests, []);
    });

    test("parallel batches of one conversation make one record with every message once", async (t) => {
      const { running, post } = await texting(t, database);
      await Promise.all([1, 3, 5, 7, 9].map((from) => post(messages(from, from + 2))));
      const [activity, ...others] = await activitiesIn(running);
      assert.deepEqual(others, []);
      assert.deepEqual(numbersIn(activity?.["body"]), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    });

    test("a conversation whose creation was never answered is found again and completed", async (t) => {
      const { running, post } = await texting(t, database);
      await setFaults(running, { match: "POST /api/activities", kind: "timeout-after-write" });
      const [first, second] = await Promise.all([post(messages(1, 2)), post(messages(3, 4))]);
      assert.equal(first.json["successful"], true);
      assert.equal(second.json["successful"], true);
      const body = await until(async () => {
        const [activity] = await activitiesIn(running);
        return numbersIn(activity?.["body"]).length === 4 ? activity?.["body"] : undefined;
      });
      assert.deepEqual(numbersIn(body), [1, 2, 3, 4]);
      assert.equal((await activitiesIn(running)).length, 1);
    });

    test("an update whose read fails changes nothing and arrives later; what a person wrote stays", async (t) => {
      const { running, post } = await texting(t, database);
      await post(messages(1, 2));
      const [activity] = await activitiesIn(running);
      const id = String(activity?.["id"]);
      await askCrm(running, "PATCH", `/api/activities/${id}`, {
        body: `Mind the tone!\n${String(activity?.["body"])}\nOffer sent.`,
      });
      await setFaults(running, { match: "GET /api/activities", kind: "500", times: 1 });
      const answer = await post(messages(3, 3));
      assertOnItsWay(answer);
      assert.deepEqual(answer.json["logIds"], ["1003"]);
      const body = await until(async () => {
        const text = String(
          (await askCrm(running, "GET", `/api/activities/${id}`).catch(() => ({ body: "" })))["body"],
        );
        return text.includes("message 3") ? text : undefined;
      });
      assert.deepEqual(numbersIn(body), [1, 2, 3]);
      assert.ok(body.startsWith("Mind the tone!\n"));
      assert.ok(body.endsWith("\nOffer sent."));
    });

    test("a group text is logged once for each participant's contact", async (t) => {
      const { running, post } = await texting(t, database);
      const correspondents = [
        { phoneNumber: "+16505551212", name: "Luke Skywalker" },
        { phoneNumber: "+442079460958", name: "Eleanor O'Brien" },
      ];
      await post(messages(1, 2), { correspondents });
      await post(messages(1, 2), { correspondents });
      assert.equal((await activitiesIn(running)).length, 1);
      const token = await logIn(running);
      const logInfo = {
        conversationId: "5551",
        conversationLogId: "5551/9/21/2026",
        messages: messages(1, 2),
        correspondents,
      };
      await running.send("POST", `/messageLog?jwtToken=${token}`, {
        logInfo,
        contactId: "2",
        contactName: "Eleanor O'Brien",
      });
      const activities = await activitiesIn(running);
      assert.deepEqual(
        activities.map(({ contactId }) => contactId),
        ["1", "2"],
      );
    });

    test("voicemail, fax and picture links arrive without RingCentral's tokens", async (t) => {
      const { running, post } = await texting(t, database);
      const one = (id: string, type: string, attachments: object[]) => ({
        conversationLogId: `${id}/9/21/2026`,
        rcAccessToken: "rc-secret-token",
        messages: [{ id, type, direction: "Inbound", creationTime: DAY, faxPageCount: 2, attachments }],
      });
      const voicemail = {
        type: "AudioRecording",
        link: "https://media.ringcentral.com/vm/1?access_token=rc-secret-token",
      };
      const fax = { type: "RenderedDocument", uri: "https://media.ringcentral.com/fax/1?accessToken=rc-secret-token" };
      const picture = {
        type: "MmsAttachment",
        contentType: "image/png",
        fileName: "roof.png",
        uri: "https://media.ringcentral.com/mms/1?t=rc-secret-token",
      };
      for (const [id, type, attachment] of [
        ["1", "VoiceMail", voicemail],
        ["2", "Fax", fax],
        ["3", "SMS", picture],
      ] as const) {
        const { messages: list, ...more } = one(id, type, [attachment]);
        assert.equal((await post(list, more)).json["successful"], true);
      }
      const activities = await activitiesIn(running);
      const text = JSON.stringify(activities);
      assert.deepEqual(
        activities.map(({ type }) => type),
        ["voicemail", "fax", "sms"],
      );
      for (const link of ["ringcentral.com/vm/1", "ringcentral.com/fax/1", "ringcentral.com%2Fmms%2F1"])
        assert.ok(text.includes(link), `${link} in ${text}`);
      assert.doesNotMatch(text, /rc-secret-token/);
      assert.doesNotMatch(running.logs.join(""), /rc-secret-token/);
    });
  });
}
