/** Brings what was read at RingCentral into the ledger; what cannot be decided about or accepted waits, and holds up nothing else. */

import { asTrunklineError, type TrunklineError } from "../sdk/errors.ts";
import type { FollowedLog, FollowedLogStore } from "../store/followed-logs.ts";
import type { Recorded, RecordedStore } from "../store/recorded.ts";
import type { Logged } from "./logging-calls.ts";

const AT_ONCE = 8;
/** Longer than a person waits for a log: nobody else takes it meanwhile. */
const CLAIM_MS = 60 * 1000;
/** While a CRM is away, or somebody has to log in again. */
const RETRY_MS = 60 * 1000;
const LONGEST_RETRY_MS = 60 * 60 * 1000;
/** As the ledger does. */
const GIVE_UP_AFTER_MS = 3 * 24 * 60 * 60 * 1000;
/** For a contact that a person creates after the call. */
const ASK_AGAIN_MS = 10 * 60 * 1000;
const ASK_UNTIL_MS = 24 * 60 * 60 * 1000;

export interface GivenUp {
  followedLogId: string;
  what: "call" | "message";
  /** RingCentral's id. */
  id: string;
  reason: string;
}

export interface BringingDependencies {
  what: GivenUp["what"];
  /** How many are taken at once. */
  claimed: number;
  recorded: RecordedStore;
  logs: FollowedLogStore;
  /** What has the same key is logged together. */
  keyOf(one: Recorded): string;
  log(followed: FollowedLog, together: readonly Recorded[]): Promise<Logged>;
  onUnforeseen(error: TrunklineError): void;
  /** What will not be logged, and why. */
  onGivenUp(one: GivenUp): void;
}

/** Answers whether there was anything due. */
export type Bring = () => Promise<boolean>;

export function createBringing(dependencies: BringingDependencies): Bring {
  const { claimed, keyOf, log, logs, onGivenUp, onUnforeseen, recorded, what } = dependencies;

  async function giveUp(one: Recorded, reason: string): Promise<void> {
    await recorded.drop(one);
    onGivenUp({ followedLogId: one.followedLogId, what, id: one.id, reason });
  }

  async function wait(one: Recorded): Promise<void> {
    if (one.recordedAt + ASK_UNTIL_MS < Date.now()) {
      return giveUp(one, "nobody in the CRM answers to the number, or several do");
    }
    await recorded.later(one, Date.now() + ASK_AGAIN_MS * 2 ** Math.min(one.attempts, 5));
  }

  async function retry(one: Recorded, { facts, userMessage }: TrunklineError): Promise<void> {
    if (one.recordedAt + GIVE_UP_AFTER_MS < Date.now()) return giveUp(one, userMessage);
    const retryAfter = Math.min(RETRY_MS * 2 ** Math.min(one.attempts, 6), LONGEST_RETRY_MS);
    await recorded.later(one, Date.now() + Math.max(retryAfter, facts.retryAfterMs ?? 0));
  }

  async function bring(together: readonly Recorded[]): Promise<void> {
    const [first] = together;
    try {
      const followed = first && (await logs.get(first.followedLogId));
      const outcome = followed === undefined ? "done" : await log(followed, together);
      for (const one of together) await (outcome === "done" ? recorded.drop(one) : wait(one));
    } catch (thrown) {
      const failure = asTrunklineError(thrown);
      if (failure.code === "unforeseen") onUnforeseen(failure);
      for (const one of together) await retry(one, failure);
    }
  }

  return async () => {
    const due = await recorded.claim(claimed, Date.now() + CLAIM_MS);
    const waiting = [...Map.groupBy(due, keyOf).values()];
    const lane = async () => {
      for (let together = waiting.shift(); together !== undefined; together = waiting.shift()) await bring(together);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return due.length > 0;
  };
}
