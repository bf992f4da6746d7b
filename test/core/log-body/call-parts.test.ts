/** What is told about a call, by the user's settings. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type CallFacts, type CallParts, renderCallParts } from "../../../src/core/log-body/call-parts.ts";

const NEW_YORK = "America/New_York";

const FACTS: CallFacts = {
  note: "Wants a quote\r\n",
  sessionId: "4711",
  agentName: "Kim Lee",
  agentNumber: "+16505550100",
  agentExtension: "101",
  subject: "Inbound call from\nAna",
  contactNumber: "+16505551212",
  direction: "Inbound",
  startedAt: Date.UTC(2026, 2, 8, 6, 59, 59),
  durationSeconds: 3723,
  result: "No-Answer",
  recordingLink: "https://rec.example/1",
  legs: [
    { direction: "Inbound", to: { name: "Front desk", phoneNumber: "+16505550100", extensionNumber: "100" } },
    { direction: "Outbound", from: { extensionNumber: "101" }, to: { phoneNumber: "+1" }, duration: 1 },
    { direction: "Outbound", legType: "PstnToSip", from: { phoneNumber: "+1" }, to: { name: "Kim" }, duration: 20 },
  ],
};

test("everything but the agent's own facts and the session's id is shown by default", () => {
  assert.deepEqual(rendered(FACTS), {
    note: "Wants a quote",
    subject: "Inbound call from Ana",
    contactNumber: "+16505551212",
    direction: "Inbound",
    startedAt: "2026-03-08 01:59:59 AM",
    duration: "1 hour, 2 minutes, 3 seconds",
    result: "No-Answer",
    recordingLink: "https://rec.example/1",
    legs: "Received call at Front desk, +16505550100, ext 100\nTransferred to ext 101, duration: 1 second\nTransferred to Kim, duration: 20 seconds",
  });
});

test("a setting switches its part on or off", () => {
  const settings = {
    addCallSessionId: { value: true },
    addRingCentralUserName: { value: true },
    addRingCentralNumber: { value: true },
    addCallLogContactNumber: { value: false },
    addCallLogRecording: { value: false },
    addCallLogLegs: { value: false },
    logDateFormat: { value: "DD.MM.YYYY [at] HH:mm Z" },
  };
  const parts = rendered({ ...FACTS, voicemailLink: "https://rec.example/2" }, settings);
  assert.equal(parts.sessionId, "4711");
  assert.equal(parts.agentName, "Kim Lee");
  assert.equal(parts.agentNumber, "+16505550100 101");
  assert.equal(parts.startedAt, "08.03.2026 at 01:59 -05:00");
  for (const part of ["contactNumber", "direction", "recordingLink", "voicemailLink", "legs"] as const)
    assert.equal(parts[part], undefined);
});

test("a setting without a usable value has its default", () => {
  const settings = { addCallLogNote: { value: "" }, addCallSessionId: null, logDateFormat: { value: " " } };
  assert.deepEqual(rendered(FACTS, settings), rendered(FACTS));
});

const pending: [name: string, facts: CallFacts, expected: CallParts][] = [
  ["a duration still to come", { durationSeconds: "pending" }, { duration: "(pending...)" }],
  ["a recording still being made", { recordingLink: "(pending...)" }, { recordingLink: "(pending...)" }],
  ["a link that is no web link", { recordingLink: "javascript:alert(1)" }, { recordingLink: "(pending...)" }],
  ["no recording", { recordingLink: "" }, {}],
  ["a duration of nothing", { durationSeconds: 0 }, { duration: "0 seconds" }],
  ["an empty note", { note: " \n " }, {}],
  ["a score as a number", { ringSenseAiScore: 7 }, { ringSenseAiScore: "7" }],
];
for (const [name, facts, expected] of pending)
  test(`${name} is shown as such`, () => assert.deepEqual(rendered(facts), expected));

test("the first leg of an outbound call says where it was made from", () => {
  const parts = rendered({ legs: [{ direction: "Outbound", from: { name: "Kim", extensionNumber: "101" } }] });
  assert.equal(parts.legs, "Made call from Kim, ext 101");
});

function rendered(facts: CallFacts, settings: Record<string, unknown> = {}): CallParts {
  return renderCallParts(facts, { timeZone: NEW_YORK, settings });
}
