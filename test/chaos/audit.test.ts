/** The chaos run's measure finds what it is there to find. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { audit, type Findings } from "../../scripts/chaos/audit.ts";
import type { CrmRecord } from "../../scripts/chaos/demo-crm.ts";
import { messageText, type Sent } from "../../scripts/chaos/sent.ts";

/** A call that was created and updated twice, the last time without an answer, and a conversation of three messages. */
function sent(): Sent {
  const version = (note: string, seconds: number, acknowledged: boolean) => ({
    note,
    durationSeconds: seconds,
    recordingLink: `https://recordings.example/${seconds}`,
    acknowledged,
  });
  const versions = [version("one", 1, true), version("two", 2, true), version("three", 3, false)];
  const messages = [1, 2, 3].map((number) => ({ text: messageText(7, number), acknowledged: number !== 2 }));
  return {
    calls: [
      {
        subject: "Call 1",
        versions,
        aiNote: { text: "Summary of call 1;", acknowledged: true },
        personsWords: "Mind the tone.",
      },
    ],
    conversations: [{ contactName: "Conversation 7", messages }],
  };
}

function callRecord(note: string, seconds: number, change: Partial<CrmRecord> = {}): CrmRecord {
  const link = `https://recordings.example/${seconds}`;
  const body = `- Note: ${note}\n- Duration: ${seconds} seconds\n- Call recording link: ${link}\n- AI Note: Summary of call 1;\nMind the tone.\n`;
  return { id: "1", subject: "Call 1", body, durationSeconds: seconds, externalId: "trunkline:1", ...change };
}

function conversationRecord(messages: readonly number[], change: Partial<CrmRecord> = {}): CrmRecord {
  const texts = messages.map((number) => messageText(7, number));
  return {
    id: "2",
    subject: "SMS conversation with Conversation 7 - 26/09/21",
    body: [`Conversation(${messages.length} messages)`, ...texts].join("\n"),
    durationSeconds: null,
    externalId: "trunkline:2",
    ...change,
  };
}

const CALL = callRecord("two", 2);
const CONVERSATION = conversationRecord([1, 2, 3]);

const cases: [what: string, records: CrmRecord[], found: (keyof Findings)[]][] = [
  ["what was acknowledged last is right", [CALL, CONVERSATION], []],
  ["what came later without an answer may have landed", [callRecord("three", 3), CONVERSATION], []],
  ["a message without an answer may be missing", [CALL, conversationRecord([1, 3])], []],
  ["a call that is not there is lost", [CONVERSATION], ["lost"]],
  ["a conversation that is not there is lost", [CALL], ["lost"]],
  ["two records of one call are doubled", [CALL, { ...CALL, externalId: "trunkline:3" }, CONVERSATION], ["doubled"]],
  ["two records with one marker are doubled", [CALL, { ...CONVERSATION, externalId: "trunkline:1" }], ["doubled"]],
  ["an older version is wrong", [callRecord("one", 1), CONVERSATION], ["wrong"]],
  ["parts of two versions are wrong", [{ ...CALL, durationSeconds: 3 }, CONVERSATION], ["wrong"]],
  [
    "a note that stands there twice is wrong",
    [{ ...CALL, body: `${CALL.body}- Note: two\n` }, CONVERSATION],
    ["wrong"],
  ],
  ["a person's lost words are wrong", [{ ...CALL, body: CALL.body.replace("Mind", "") }, CONVERSATION], ["wrong"]],
  ["a lost summary is wrong", [{ ...CALL, body: CALL.body.replace("Summary", "") }, CONVERSATION], ["wrong"]],
  ["a missing acknowledged message is wrong", [CALL, conversationRecord([1, 2])], ["wrong"]],
  ["a message that stands there twice is wrong", [CALL, conversationRecord([1, 3, 3])], ["wrong"]],
  ["messages out of order are wrong", [CALL, conversationRecord([3, 1])], ["wrong"]],
  ["a record that nobody sent is wrong", [CALL, CONVERSATION, callRecord("x", 1, { subject: "Call 9" })], ["wrong"]],
  ["a record without a marker is wrong", [{ ...CALL, externalId: null }, CONVERSATION], ["wrong"]],
];

suite("the measure of a chaos run", () => {
  for (const [what, records, expected] of cases) {
    test(what, () => {
      const findings = audit(sent(), records);
      const found = (["lost", "doubled", "wrong"] as const).filter((kind) => findings[kind].length > 0);
      for (const kind of expected) assert.ok(found.includes(kind), JSON.stringify(findings));
      if (expected.length === 0) assert.deepEqual(found, []);
    });
  }
});
