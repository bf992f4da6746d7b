/** A connector of years ago: bare answers, and texts of its own. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isJsonObject } from "../../src/store/json.ts";
import { connectorIn, withAdapted } from "./adapted.ts";

const LINK = "https://media.example/recording/1";

test("a connector of the first years logs in, finds, creates, logs, reads and updates", async (t) => {
  const { ask, logCall, logIn, records, running } = await withAdapted(t, await connectorIn("before"));
  assert.equal((await logIn({ apiKey: "wrong" })).status, 400);
  const { contact } = (await ask("GET", "/contact?phoneNumber=+16505551212")).json;
  assert.ok(Array.isArray(contact) && isJsonObject(contact[0]));
  assert.deepEqual([contact[0]["id"], contact[0]["name"]], ["1", "Luke Skywalker"]);
  const created = await ask("POST", "/contact", { phoneNumber: "+16505550123", newContactName: "Kim New" });
  assert.equal(created.json["successful"], true, created.text);
  const found = await ask("GET", "/contact?phoneNumber=+16505550123");
  assert.match(found.text, /Kim New/);

  assert.equal((await logCall("s1")).json["successful"], true);
  const update = { sessionId: "s1", note: "two notes", subject: "A call", recordingLink: LINK };
  assert.equal((await ask("PATCH", "/callLog", update)).json["successful"], true);
  const [call, ...others] = await records();
  assert.deepEqual(others, []);
  assert.equal(call?.["body"], `Note: two notes\nResult: Call connected\nWho: +16505551212\nRecording: ${LINK}`);
  const { logs } = (await ask("GET", "/callLog?sessionIds=s1&requireDetails=true")).json;
  assert.match(JSON.stringify(logs), /Note: two notes/);

  const out = await ask("POST", "/unAuthorize");
  assert.match(out.text, /Logged out of Before CRM/);
  assert.equal((await ask("GET", "/callLog?sessionIds=s1")).status, 400);
  assert.deepEqual(
    running.logs.filter((line) => line.includes("demo-key")),
    [],
  );
});

test("a voicemail's link reaches a connector that writes one message at a time", async (t) => {
  const { ask, records } = await withAdapted(t, await connectorIn("before"));
  const from = { phoneNumber: "+16505551212", name: "Luke" };
  const message = { id: "v1", type: "VoiceMail", direction: "Inbound", from, creationTime: 1_790_000_000_000 };
  const attachments = [{ type: "AudioRecording", link: `${LINK}?access_token=secret`, uri: LINK }];
  const logInfo = {
    conversationId: "v1",
    type: "VoiceMail",
    messages: [{ ...message, attachments }],
    correspondents: [from],
  };
  assert.deepEqual(
    (await ask("POST", "/messageLog", { logInfo, contactId: "1", contactName: "Luke" })).json["logIds"],
    ["v1"],
  );
  assert.equal((await records())[0]?.["body"], LINK);
});
