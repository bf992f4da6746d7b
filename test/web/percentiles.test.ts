/** Percentiles from counts by upper bound: between the bounds that the true one lies between, and never the wrong way round. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { LATENCY_BOUNDS } from "../../src/core/trail/traffic-counter.ts";
import { percentileOf } from "../../src/web/console/percentiles.ts";

test("the estimate lies between the bounds of the true percentile", () => {
  const latency = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(fc.array(latency, { minLength: 1, maxLength: 200 }), fc.constantFrom(0.5, 0.95), (latencies, part) => {
      const within = (ms: number) => LATENCY_BOUNDS.find((bound) => ms <= bound) ?? 0;
      const counts = latencies.map((ms) => ({ withinMs: within(ms), requests: 1 }));
      const sorted = latencies.toSorted((one, other) => one - other);
      const upper = within(sorted[Math.ceil(sorted.length * part) - 1] ?? 0);
      const lower = Math.max(0, ...LATENCY_BOUNDS.filter((bound) => bound < upper));
      const estimate = percentileOf(counts, part) ?? -1;
      assert.ok(estimate >= lower && estimate <= upper, `${estimate} is not between ${lower} and ${upper}`);
      assert.ok((percentileOf(counts, 0.5) ?? 0) <= (percentileOf(counts, 0.95) ?? 0));
    }),
  );
});

test("of nothing there is no percentile", () => {
  assert.equal(percentileOf([], 0.5), undefined);
});
