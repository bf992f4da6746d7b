/** Percentiles of latencies that were counted by upper bounds. */

import { LATENCY_BOUNDS } from "../../core/trail/traffic-counter.ts";

export interface CountWithin {
  withinMs: number;
  requests: number;
}

/** Undefined where nothing was counted. Within a bound the requests are taken to lie evenly. */
export function percentileOf(counts: readonly CountWithin[], part: number): number | undefined {
  const wanted = counts.reduce((sum, { requests }) => sum + requests, 0) * part;
  let below = 0;
  let from = 0;
  for (const bound of LATENCY_BOUNDS) {
    const within = counts.reduce((sum, { withinMs, requests }) => (withinMs === bound ? sum + requests : sum), 0);
    if (within > 0 && below + within >= wanted) return Math.round(from + (bound - from) * ((wanted - below) / within));
    below += within;
    from = bound;
  }
  return undefined;
}
