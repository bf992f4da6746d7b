/** What a person may do with an entry, state by state. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, type Decision, type Finding, givenUp } from "../../src/core/ledger/by-hand.ts";
import type { LogEntry } from "../../src/store/log-entries.ts";

const NOW = 1_800_000_000_000;

const PENDING: LogEntry = {
  id: "1f0c3a52-0000-4000-8000-000000000000",
  userId: "u",
  kind: "call",
  sourceKey: "s",
  contactId: "1",
  state: "pending",
  wanted: {},
  wantedVersion: 2,
  written: undefined,
  writtenVersion: 0,
  sent: undefined,
  sentVersion: 1,
  logId: undefined,
  attempts: 4,
  nextAttemptAt: NOW + 60_000,
  holdUntil: undefined,
  leaseUntil: undefined,
  owedSince: NOW - 1_000,
  lastError: undefined,
  lastErrorCode: undefined,
  createdAt: NOW - 1_000,
};
const REFUSED: LogEntry = { ...PENDING, state: "refused", nextAttemptAt: undefined, lastErrorCode: "crm-rejected" };
const LOST: LogEntry = { ...PENDING, state: "uncertain", lastErrorCode: "crm-answer-lost" };
const WAITING: LogEntry = { ...LOST, nextAttemptAt: undefined, lastErrorCode: "unsupported" };
const SENDING: LogEntry = { ...PENDING, state: "sending", leaseUntil: NOW + 5_000 };
const ORPHANED: LogEntry = { ...SENDING, leaseUntil: NOW - 1 };
const WRITTEN: LogEntry = { ...PENDING, state: "written", logId: "42" };
const FORGOTTEN: LogEntry = { ...REFUSED, wanted: undefined };

const retries: [name: string, entry: LogEntry, finding: Finding | undefined, expected: Partial<LogEntry> | RegExp][] = [
  ["a pending entry is due now", PENDING, undefined, { state: "pending", nextAttemptAt: NOW }],
  [
    "what the CRM asked us to wait for is waited for, whoever asks",
    { ...PENDING, holdUntil: NOW + 9_000 },
    undefined,
    { state: "pending", nextAttemptAt: NOW + 9_000 },
  ],
  ["a refused entry begins afresh", REFUSED, undefined, { state: "pending", attempts: 0, owedSince: NOW }],
  ["an uncertain entry stays so: it is looked for first", LOST, undefined, { state: "uncertain", nextAttemptAt: NOW }],
  ["one that only a person can settle needs their word", WAITING, undefined, /It is not known .* trunkline:1f0c3a52-/],
  ["nobody found it: it is created", WAITING, "no record", { state: "pending", logId: undefined, nextAttemptAt: NOW }],
  [
    "a lost request may still be at work: it is created when that is over",
    { ...WAITING, holdUntil: NOW + 9_000 },
    "no record",
    { state: "pending", nextAttemptAt: NOW + 9_000 },
  ],
  [
    "somebody found it: it is brought up to date without a known base",
    { ...WAITING, written: {}, writtenVersion: 1 },
    { logId: "42" },
    { state: "pending", logId: "42", written: undefined, writtenVersion: 0 },
  ],
  ["the sender died: a person's word counts as well", ORPHANED, { logId: "42" }, { state: "pending", logId: "42" }],
  ["what was certainly not written cannot be said to be there", REFUSED, { logId: "42" }, /It is known whether/],
  ["what is being written is left alone", SENDING, undefined, /being written at this moment/],
  ["what is written is not written again", WRITTEN, undefined, /in the CRM already, as 42/],
  ["what was forgotten cannot be written", FORGOTTEN, undefined, /nothing left to write/],
];
for (const [name, entry, finding, expected] of retries)
  test(`retry: ${name}`, () => comes(entry, asked(entry, finding, NOW), expected));

const MESSAGE: LogEntry = { ...WAITING, kind: "message" };

const drops: [name: string, entry: LogEntry, expected: Partial<LogEntry> | RegExp][] = [
  ["a pending entry is refused, and its content is gone", PENDING, { state: "refused", wanted: undefined }],
  ["nothing is tried again", PENDING, { nextAttemptAt: undefined, leaseUntil: undefined }],
  ["a call that may be there is refused, so that its next posting is answered so", WAITING, { state: "refused" }],
  [
    "a conversation that may be there is looked for when it goes on",
    MESSAGE,
    { state: "uncertain", wanted: undefined },
  ],
  ["what is being written is left alone", SENDING, /being written at this moment/],
  ["what is written stays", WRITTEN, /in the CRM already/],
  ["what was given up is given up", FORGOTTEN, /Its content is gone/],
];
for (const [name, entry, expected] of drops) test(`drop: ${name}`, () => comes(entry, givenUp(entry, NOW), expected));

function comes(entry: LogEntry, decision: Decision, expected: Partial<LogEntry> | RegExp): void {
  if (expected instanceof RegExp) {
    assert.ok("refusal" in decision);
    assert.match(decision.refusal, expected);
  } else {
    assert.ok("change" in decision);
    assert.partialDeepStrictEqual({ ...entry, ...decision.change }, expected);
  }
}
