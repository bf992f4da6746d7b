/** The retry policy's table of cases. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Circumstances, nextStep, type NextStep } from "../../src/core/ledger/retry-policy.ts";
import { type ErrorCode, type ErrorFacts, TrunklineError } from "../../src/sdk/errors.ts";

const DAY = 24 * 60 * 60 * 1000;
const young: Circumstances = { attempts: 1, owedForMs: 0, random: 0.5 };
const failure = (code: ErrorCode, facts: ErrorFacts = {}) => new TrunklineError(code, "It failed.", facts);

const steps: [name: string, failure: TrunklineError, circumstances: Circumstances, expected: NextStep["step"]][] = [
  ["a lost answer may have written", failure("crm-answer-lost", { mayHaveWritten: true }), young, "reconcile"],
  [
    "an error of the CRM's own may have written",
    failure("crm-unavailable", { mayHaveWritten: true }),
    young,
    "reconcile",
  ],
  [
    "a CRM that loses every answer for three days is a matter for a person",
    failure("crm-answer-lost", { mayHaveWritten: true }),
    { ...young, owedForMs: 3 * DAY + 1 },
    "give up",
  ],
  ["a CRM that cannot be reached is tried again", failure("crm-unreachable"), young, "try again"],
  ["a 429 is tried again", failure("crm-rate-limited", { retryAfterMs: 90_000 }), young, "try again"],
  ["a failed read is tried again", failure("crm-unavailable"), young, "try again"],
  ["without a login it waits for one", failure("not-connected"), young, "try again"],
  ["a login that ended waits for the next", failure("crm-session-ended"), young, "try again"],
  ["a process that lacks the connector leaves it to another", failure("unknown-platform"), young, "try again"],
  ["a record that is gone will be gone in an hour as well", failure("crm-record-missing"), young, "give up"],
  ["what the CRM does not accept it will not accept later", failure("crm-rejected"), young, "give up"],
  [
    "after three days a person has to look",
    failure("crm-unreachable"),
    { ...young, owedForMs: 3 * DAY + 1 },
    "give up",
  ],
];
for (const [name, error, circumstances, expected] of steps) {
  test(name, () => assert.equal(nextStep(error, circumstances).step, expected));
}

test("an announced wait is obeyed, whatever the attempt and whoever asks", () => {
  const next = nextStep(failure("crm-rate-limited", { retryAfterMs: 90_000 }), young);
  assert.ok(next.step === "try again");
  assert.ok(next.afterMs >= 90_000);
  assert.equal(next.holdMs, 90_000);
});

test("a request that may still be at work holds the next write back", () => {
  const next = nextStep(failure("crm-answer-lost", { mayHaveWritten: true, atWorkMs: 10_000 }), young);
  assert.ok(next.step === "reconcile");
  assert.equal(next.holdMs, 10_000);
});

test("a young entry never waits longer than fifteen seconds, an old one never longer than five minutes", () => {
  for (let attempts = 1; attempts < 60; attempts++) {
    for (const [owedForMs, longest] of [
      [0, 15_000],
      [2 * 60 * 60 * 1000, 5 * 60 * 1000],
    ] as const) {
      const next = nextStep(failure("crm-unreachable"), { attempts, owedForMs, random: 1 });
      assert.ok(next.step === "try again");
      assert.ok(next.afterMs <= longest);
      assert.ok(next.afterMs >= 500);
    }
  }
});
