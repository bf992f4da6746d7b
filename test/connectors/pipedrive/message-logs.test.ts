/** Conversations in Pipedrive: one request for a new one, two for a known one, however many messages. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessageLog, findMessageLog, updateMessageLog } from "../../../src/connectors/pipedrive/message-logs.ts";
import { connected, failureOf, messagesOf } from "./connected.ts";

const tenEntries = Array.from({ length: 10 }, (_, at) => `<li>Message ${at}</li>`).join("");

test("ten messages of a new conversation are one request", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const { requests } = await costOf(() =>
    createMessageLog(context, messagesOf(luke, { body: `<ul>${tenEntries}</ul>` })),
  );
  assert.deepEqual(requests, ["POST /api/v2/activities"]);
  const [activity] = fake.state.activities;
  assert.deepEqual(
    [activity?.type, activity?.subject, activity?.dueDate, activity?.dueTime, activity?.duration],
    ["sms", "SMS conversation with Luke Skywalker - 26/03/08", "2026-03-08", "06:30", null],
  );
});

test("ten messages more are two requests", async (t) => {
  const { context, fake, luke, costOf } = await connected(t);
  const { logId } = await createMessageLog(context, messagesOf(luke));
  const { requests } = await costOf(() =>
    updateMessageLog(context, {
      logId,
      contactId: String(luke.id),
      revise: (body) => body.replace("</ul>", `${tenEntries}</ul>`),
    }),
  );
  assert.deepEqual(requests, [`GET /api/v2/activities/${logId}`, `PATCH /api/v2/activities/${logId}`]);
  assert.match(fake.state.activities[0]?.note ?? "", /Hello.*Message 0.*Message 9.*Log id: trunkline:/);
});

test("voicemails, faxes and pictures are links in the note, under the same type", async (t) => {
  const { context, fake, luke } = await connected(t);
  const link = '<a target="_blank" rel="noopener" href="https://ringcentral.github.io/media?x=1">Voicemail</a>';
  for (const kind of ["VoiceMail", "Fax", "SMS"] as const) {
    await createMessageLog(context, messagesOf(luke, { kind, body: link, marker: `trunkline:${kind}` }));
  }
  assert.deepEqual(
    fake.state.activities.map(({ type, note }) => [type, note.includes(link)]),
    [
      ["sms", true],
      ["sms", true],
      ["sms", true],
    ],
  );
});

test("a conversation whose answer was lost is found again", async (t) => {
  const { context, fake, luke } = await connected(t);
  const messages = messagesOf(luke);
  fake.faults.order({ match: "POST /api/v2/activities", kind: "malformed" });
  const failure = await failureOf(createMessageLog(context, messages));
  assert.equal(failure.retry, "reconcile");
  const search = { marker: messages.marker, contactId: String(luke.id), since: Date.now() - 600_000 };
  assert.deepEqual(await findMessageLog(context, search), { logId: String(fake.state.activities[0]?.id) });
});
