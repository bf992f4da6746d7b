/** Budgets: how fast they are used up, and until when they last. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createBudgetUse } from "../../src/core/budget-use.ts";

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;

test("the forecast goes on at the rate of the last hour", () => {
  const use = createBudgetUse();
  const resetsAt = NOW + 120 * MINUTE;
  // Ten a minute for the last half hour.
  for (let minute = 0; minute <= 30; minute += 1) {
    use.learn("ann", { remaining: 800 - 10 * minute, limit: 1000, resetsAt }, NOW + (minute - 30) * MINUTE);
  }
  const [ann] = use.present(NOW);
  assert.deepEqual([ann?.remaining, ann?.limit, ann?.usedPerHour], [500, 1000, 600]);
  assert.equal(ann?.usedUpAt, NOW + 50 * MINUTE);
});

test("a budget that is renewed before it is used up lasts", () => {
  const use = createBudgetUse();
  for (let minute = 0; minute <= 10; minute += 1) {
    const resetsAt = NOW + 20 * MINUTE;
    use.learn("ann", { remaining: 800 - 10 * minute, limit: 1000, resetsAt }, NOW + (minute - 10) * MINUTE);
  }
  assert.equal(use.present(NOW)[0]?.usedUpAt, undefined);
});

test("a renewal is not taken for use, and what was used before it still counts for the rate", () => {
  const use = createBudgetUse();
  use.learn("ann", { remaining: 10, limit: 100, resetsAt: NOW - 10 * MINUTE }, NOW - 20 * MINUTE);
  use.learn("ann", { remaining: 4, limit: 100, resetsAt: NOW - 10 * MINUTE }, NOW - 11 * MINUTE);
  use.learn("ann", { remaining: 98, limit: 100, resetsAt: NOW + 10 * MINUTE }, NOW - MINUTE);
  const [ann] = use.present(NOW);
  assert.equal(ann?.usedPerHour, (6 + 2) * 3);
});

test("the lowest comes first; what is renewed by now and a bare request to wait are left out", () => {
  const use = createBudgetUse();
  const resetsAt = NOW + MINUTE;
  use.learn("rich", { remaining: 90, limit: 100, resetsAt }, NOW);
  use.learn("poor", { remaining: 1, limit: 100, resetsAt }, NOW);
  use.learn("renewed", { remaining: 1, limit: 100, resetsAt: NOW - 1 }, NOW - MINUTE);
  use.learn("asked to wait", { remaining: 0, limit: 1, resetsAt }, NOW);
  assert.deepEqual(
    use.present(NOW).map(({ userId }) => userId),
    ["poor", "rich"],
  );
});
