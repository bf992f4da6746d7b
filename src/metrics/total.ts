/** A counter of what somebody else counts. */

import type { Counter } from "prom-client";

export function setTotal(counter: Counter, total: number): void {
  counter.reset();
  counter.inc(total);
}
