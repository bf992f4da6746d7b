/** Adds up requests to CRMs by span, operation, outcome and latency, until they are written down. */

import type { CrmAsked } from "../observations.ts";
import type { TrafficCount } from "../../store/crm-traffic.ts";

export const SPAN_MS = 10 * 60 * 1000;
/** Upper bounds of latency, close enough together for a median that is off by less than half; the last one is open. */
export const LATENCY_BOUNDS = [
  5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 7_500, 10_000, 20_000,
] as const;
/** A CRM whose paths hold more words than ours do must not fill the table. */
const OPERATIONS_PER_PLATFORM = 40;
const OTHER = "other";
/** Counts that wait for a database that is away. */
const COUNTS_KEPT = 5_000;

export interface TrafficCounter {
  count(asked: CrmAsked): void;
  /** Hands over what was counted, and begins anew. */
  take(): TrafficCount[];
  /** What could not be written down counts again. */
  giveBack(counts: readonly TrafficCount[]): void;
}

export function createTrafficCounter(): TrafficCounter {
  const operations = new Map<string, Set<string>>();
  let counts = new Map<string, TrafficCount>();

  function bounded(platform: string, operation: string): string {
    const known = operations.get(platform) ?? new Set();
    operations.set(platform, known);
    if (known.size < OPERATIONS_PER_PLATFORM) known.add(operation);
    return known.has(operation) ? operation : OTHER;
  }

  function add(count: TrafficCount): void {
    const key = [count.span, count.platform, count.operation, count.outcome, count.withinMs].join("\n");
    const present = counts.get(key);
    if (present !== undefined) present.requests += count.requests;
    else if (counts.size < COUNTS_KEPT) counts.set(key, { ...count });
  }

  return {
    count({ at, platform, operation, outcome, milliseconds }) {
      add({
        span: at - (at % SPAN_MS),
        platform,
        operation: bounded(platform, operation),
        outcome: String(outcome),
        withinMs:
          LATENCY_BOUNDS.find((bound) => milliseconds <= bound) ?? LATENCY_BOUNDS[LATENCY_BOUNDS.length - 1] ?? 0,
        requests: 1,
      });
    },
    take() {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    giveBack: (taken) => taken.forEach(add),
  };
}
