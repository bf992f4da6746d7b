/** The text of a log through the front door: no note can damage another part, and what App Connect wrote is understood. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { CONNECTORS } from "../../src/connectors/index.ts";
import type { LogFormat } from "../../src/sdk/connector.ts";
import { activitiesIn, askCrm } from "../support/trunkline.ts";
import { laterFacts, newCall } from "./calls.ts";
import { connectedExtension, type Extension, objectOf, textOf } from "./extension.ts";

const FORMATS: readonly LogFormat[] = ["text/plain", "text/html", "text/markdown"];
/** The Demo CRM, asking for its logs in another format. */
const writing = (logFormat: LogFormat) => CONNECTORS.map((connector) => ({ ...connector, logFormat }));

const NOTES: readonly [name: string, note: string][] = [
  ["dollar patterns", "It costs $& or $1 or $` or $$ more"],
  ["tags", "<b>bold</b> <script>alert(1)</script> & <li><b>Result</b>: x</li>"],
  ["a line like one of ours", "Plan:\n- Action: call back\n- Result: not this one\n--- END\n## Call details"],
  ["twenty kilobytes", "Lorem ipsum dolor sit amet. ".repeat(740).trim()],
  ["other scripts", "Grüße, Ζωή! 😀\u200d 你好"],
];
const RESULTS = ["No-Answer", "Sent to Voicemail - 555-1234", "Call connected"];

for (const format of FORMATS) {
  test(`in ${format} every kind of note is read back as it was typed, and results replace each other`, async (t) => {
    const ann = await connectedExtension(t, { connectors: writing(format) });
    for (const [name, note] of NOTES) {
      const sessionId = name.replaceAll(" ", "-");
      await ann.logCall(newCall(sessionId, { note: "A first note", logInfo: { result: "Missed" } }));
      await ann.updateCall({ sessionId, subject: "A subject", note });
      for (const result of RESULTS) {
        await ann.updateCall(laterFacts(sessionId, { result, from: { phoneNumber: "555-1234" } }));
        const [call] = await ann.loadCalls([sessionId], true);
        const { note: read, fullBody } = objectOf(call?.["logData"]);
        assert.equal(read, note, `${name} after ${result}`);
        const body = textOf(fullBody);
        assert.equal(body.split(result).length, 2, `${result} once in ${body.slice(0, 2_000)}`);
        assert.doesNotMatch(body, /A first note|Missed/);
        if (format === "text/html") assert.doesNotMatch(body, /<script/);
      }
      await ann.updateCall({ sessionId, subject: "A subject", note: "" });
      const [cleared] = await ann.loadCalls([sessionId], true);
      assert.equal(objectOf(cleared?.["logData"])["note"], "");
    }
    assert.equal((await activitiesIn(ann.running)).length, NOTES.length);
  });
}

/** What App Connect's own server left in the CRM, in its three layouts (contract.md, "How log bodies are composed and merged"). */
const LEFT_BY_APP_CONNECT: Record<LogFormat, string> = {
  "text/plain": [
    "- Note: Theirs",
    "- Session Id: moved",
    "- Summary: Inbound call",
    "- Contact Number: 555-1234",
    "- Date/Time: 2026-09-21 07:13:20 AM",
    "- Duration: 1 minute, 2 seconds",
    "- Result: No-Answer",
    "- Call recording link: (pending...)",
    "- AI Note:",
    "Old insight",
    "--- END",
    "- Transcript:",
    "Old words",
    "--- END",
    "",
  ].join("\n"),
  "text/html": [
    "<div><b>Agent notes</b><br>Theirs</div><br>",
    "<b>Call details</b><br><ul>",
    "<li><b>Session Id</b>: moved</li>",
    "<li><b>Summary</b>: Inbound call</li>",
    "<li><b>Caller phone number</b>: 555-1234</li>",
    "<li><b>Date/time</b>: 2026-09-21 07:13:20 AM</li>",
    "<li><b>Duration</b>: 1 minute, 2 seconds</li>",
    "<li><b>Result</b>: No-Answer</li>",
    "<li><b>Call recording link</b>: (pending...)</li>",
    "</ul>",
    "<div><b>AI Note</b><br>Old insight</div><br>",
    "<div><b>Transcript</b><br>Old words</div><br>",
  ].join(""),
  "text/markdown": [
    "## Agent notes",
    "Theirs",
    "",
    "## Call details",
    "**Session Id**: moved",
    "**Summary**: Inbound call",
    "**Contact Number**: 555-1234",
    "**Date/Time**: 2026-09-21 07:13:20 AM",
    "**Duration**: 1 minute, 2 seconds",
    "**Result**: No-Answer",
    "**Call recording link**: (pending...)",
    "### AI Note",
    "Old insight",
    "",
    "### Transcript",
    "Old words",
    "",
  ].join("\n"),
};

for (const format of FORMATS) {
  test(`a log that App Connect wrote in ${format} is completed in place, without a repeated line`, async (t) => {
    const ann = await connectedExtension(t, { connectors: writing(format) });
    const logId = await loggedByAppConnect(ann, format);
    const recordingLink = "https://recordings.example/r/1";
    const news = {
      duration: 120,
      result: "Call connected",
      recordingLink,
      aiNote: "New insight",
      transcript: "New words",
    };
    for (const _ of ["once", "and once more"]) await ann.updateCall(laterFacts("moved", news));

    const body = textOf((await askCrm(ann.running, "GET", `/api/activities/${logId}`))["body"]);
    for (const label of [
      "Session Id",
      "Summary",
      "Duration",
      "Result",
      "Call recording link",
      "AI Note",
      "Transcript",
    ]) {
      assert.equal(body.split(label).length, 2, `${label} once in ${body}`);
    }
    for (const value of [
      "2 minutes",
      "Call connected",
      "New insight",
      "New words",
      "Theirs",
      "Inbound call",
      "moved",
    ]) {
      assert.equal(body.split(value).length, 2, `${value} once in ${body}`);
    }
    assert.match(body, /recordings\.example/);
    assert.doesNotMatch(body, /pending|No-Answer|Old insight|Old words|1 minute/);
  });

  test(`a note and a subject of App Connect's in ${format} are replaced by what the edit form sends, before and after the sync`, async (t) => {
    const ann = await connectedExtension(t, { connectors: writing(format) });
    for (const syncs of [0, 1]) {
      const logId = await loggedByAppConnect(ann, format);
      if (syncs > 0) await ann.updateCall(laterFacts("moved", { duration: 120 }));
      await ann.updateCall({ sessionId: "moved", subject: "Ships", note: "Ours" });
      const [call] = await ann.loadCalls(["moved"], true);
      const { note, fullBody } = objectOf(call?.["logData"]);
      assert.equal(note, "Ours", `after ${syncs} syncs of ${logId}`);
      assert.doesNotMatch(textOf(fullBody), /Theirs|Inbound call/);
    }
  });
}

/** The call is known here by its pair of ids alone, as long after it was written, and its record is one of App Connect's. */
async function loggedByAppConnect(ann: Extension, format: LogFormat): Promise<string> {
  const logInfo = { duration: 62, result: "No-Answer", recording: { link: "(pending...)" } };
  const { json } = await ann.logCall(newCall("moved", { note: "Theirs", logInfo }));
  const logId = textOf(json["logId"]);
  await askCrm(ann.running, "PATCH", `/api/activities/${logId}`, { body: LEFT_BY_APP_CONNECT[format] });
  const database = new DatabaseSync(join(ann.running.folder, "trunkline.db"));
  database.exec("UPDATE log_entries SET wanted = NULL, written = NULL");
  database.close();
  return logId;
}
