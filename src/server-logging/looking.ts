/** One look after another at something that is followed at RingCentral: who looks holds a lease, and says when the next is due. */

import { asTrunklineError, type TrunklineError } from "../sdk/errors.ts";

const LEASE_MS = 15 * 1000;
const RENEW_LEASE_MS = 5 * 1000;
/** RingCentral's own headers hold back what is too much for a while; this is for events that come one upon the other. */
const REST_MS = 3 * 1000;
/** While RingCentral cannot be asked. */
const RETRY_MS = 15 * 1000;
/** What trying again does not help needs a person. */
const HOPELESS_EVERY_MS = 60 * 60 * 1000;

export interface LookOutcome {
  dueAt: number;
  /** Nobody looks again before this, whatever the news. */
  restUntil: number;
  problem: string | undefined;
}

export interface Followed<Item> {
  /** One that is due; nobody else gets it until `until`. With an id: of that followed log, due or not. */
  claim(now: number, until: number, followedLogId?: string): Promise<Item | undefined>;
  renewLease(item: Item, until: number): Promise<void>;
  read(item: Item): Promise<void>;
  /** Milliseconds until the next look, where all is well. */
  pauseAfter(item: Item): Promise<number> | number;
  looked(item: Item, outcome: LookOutcome): Promise<void>;
  onUnforeseen(error: TrunklineError): void;
}

export interface Looking {
  /** Looks at what has been due the longest. False where nothing is. */
  lookAtDue(): Promise<boolean>;
  /** Looks now, and answers what went wrong; undefined where all is well, or somebody else is looking. */
  lookAt(followedLogId: string): Promise<TrunklineError | undefined>;
}

export function createLooking<Item>(followed: Followed<Item>): Looking {
  const { onUnforeseen } = followed;

  async function look(item: Item): Promise<TrunklineError | undefined> {
    const renewing = setInterval(() => {
      followed
        .renewLease(item, Date.now() + LEASE_MS)
        .catch((thrown: unknown) => onUnforeseen(asTrunklineError(thrown)));
    }, RENEW_LEASE_MS);
    const failure = await failureOf(followed.read(item)).finally(() => clearInterval(renewing));
    if (failure?.code === "unforeseen") onUnforeseen(failure);
    const pause = failure === undefined ? await followed.pauseAfter(item) : pauseAfterFailure(failure);
    const now = Date.now();
    await followed.looked(item, { dueAt: now + pause, restUntil: now + REST_MS, problem: failure?.userMessage });
    return failure;
  }

  return {
    async lookAtDue() {
      const now = Date.now();
      const item = await followed.claim(now, now + LEASE_MS);
      if (item === undefined) return false;
      await look(item);
      return true;
    },
    async lookAt(followedLogId) {
      const now = Date.now();
      const item = await followed.claim(now, now + LEASE_MS, followedLogId);
      return item && look(item);
    },
  };
}

export async function failureOf(work: Promise<unknown>): Promise<TrunklineError | undefined> {
  try {
    await work;
    return undefined;
  } catch (thrown) {
    return asTrunklineError(thrown);
  }
}

function pauseAfterFailure({ facts, retry }: TrunklineError): number {
  return retry === "never" ? HOPELESS_EVERY_MS : Math.max(facts.retryAfterMs ?? 0, RETRY_MS);
}
