/** The whole path of one call or conversation: who asked, what matched and why, what was accepted, and what came of each attempt. */

import type { Operating } from "../../core/operating.ts";
import { readStep, type ReadStep } from "../../core/trail/facts.ts";
import { TRAIL_KEPT_MS } from "../../core/trail/forgetting.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";
import type { TrailStep } from "../../store/trail.ts";

const STEPS = 200;
const LOOK_UPS = 10;
/** A call may last long between the look-up at its first ring and its log. */
const BEFORE_MS = 4 * 60 * 60 * 1000;
const AFTER_MS = 10 * 60 * 1000;

export interface CallPath {
  /** In the order in which it happened. */
  steps: ReadStep[];
  /** False where the beginning is older than what is kept, or there were too many steps. */
  isWhole: boolean;
}

export async function pathOf(entry: ListedEntry, { trail }: Pick<Operating, "trail">): Promise<CallPath> {
  const ofSource = await trail.ofSource(entry.sourceKey, STEPS);
  const own = ofSource.filter((step) => step.entryId === entry.id);
  const steps = [...(await lookUpsFor(entry, own, trail)), ...own].toSorted(inOrder);
  return {
    steps: steps.map(readStep).filter((step) => step !== undefined),
    isWhole: ofSource.length < STEPS && entry.createdAt > Date.now() - TRAIL_KEPT_MS,
  };
}

/** The same user's look-ups of the number around the time at which the log was accepted. */
async function lookUpsFor(
  entry: ListedEntry,
  own: readonly TrailStep[],
  trail: Operating["trail"],
): Promise<TrailStep[]> {
  const accepted = own.filter(({ numberHash }) => numberHash !== undefined);
  const [hash] = accepted.map(({ numberHash }) => numberHash);
  if (hash === undefined) return [];
  const first = Math.min(entry.createdAt, ...accepted.map(({ at }) => at));
  return trail.lookUps(entry.user.id, hash, first - BEFORE_MS, first + AFTER_MS, LOOK_UPS);
}

const RANK = { "number looked up": 0, "log accepted": 1, "log attempted": 2 } as const;

/** What happened in the same millisecond happened in its natural order. */
function inOrder(one: TrailStep, other: TrailStep): number {
  return one.at - other.at || RANK[one.what] - RANK[other.what];
}
