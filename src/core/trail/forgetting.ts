/** Forgets old steps and counts, a little at a time, so that nobody waits for it. */

import type { CrmTrafficStore } from "../../store/crm-traffic.ts";
import type { TrailStore } from "../../store/trail.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
export const TRAIL_KEPT_MS = 30 * DAY_MS;
const TRAFFIC_KEPT_MS = 8 * DAY_MS;
const STEPS_AT_ONCE = 500;
/** One hour of the table at once. */
const SPANS_AT_ONCE = 6;
const PAUSE_MS = 20;

export async function forgetTrail(
  { trail, traffic }: { trail: TrailStore; traffic: CrmTrafficStore },
  now: number,
  stopping: AbortSignal,
): Promise<void> {
  const goesOn = async () => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return !stopping.aborted;
  };
  while ((await trail.forget(now - TRAIL_KEPT_MS, STEPS_AT_ONCE)) === STEPS_AT_ONCE && (await goesOn()));
  while ((await traffic.forget(now - TRAFFIC_KEPT_MS, SPANS_AT_ONCE)) === SPANS_AT_ONCE && (await goesOn()));
}
