/** One look at a followed log: events are made sure of, then everything that changed since the last look is kept for the ledger. */

import type { RingCentral } from "../ringcentral/ringcentral.ts";
import { asTrunklineError, type TrunklineError } from "../sdk/errors.ts";
import type { FollowedLog, FollowedLogStore } from "../store/followed-logs.ts";
import type { RecordedCallStore } from "../store/recorded-calls.ts";
import type { Listen } from "./listening.ts";
import { callOf } from "./recorded-call.ts";
import type { RingCentralAccesses } from "./ringcentral-access.ts";

/** However long we were away, no more is read than this. */
const FURTHEST_BACK_MS = 30 * 24 * 60 * 60 * 1000;
/** Without an event, in case that one was lost. */
const LOOK_EVERY_MS = 5 * 60 * 1000;
/** After an event, until the records must have appeared. */
const LIVELY_EVERY_MS = 15 * 1000;
/** What trying again does not help needs a person. */
const HOPELESS_EVERY_MS = 60 * 60 * 1000;
const LEASE_MS = 15 * 1000;
const RENEW_LEASE_MS = 5 * 1000;
/** RingCentral allows ten looks a minute for each user; its own headers hold back what is too much for a while. */
const REST_MS = 3 * 1000;
const KEPT_AT_ONCE = 100;

export interface ReadingDependencies {
  ringCentral: RingCentral;
  accesses: RingCentralAccesses;
  logs: FollowedLogStore;
  recorded: RecordedCallStore;
  listen: Listen;
  onUnforeseen(error: TrunklineError): void;
}

export interface Reading {
  /** Looks at the one that has been due the longest. False where none is. */
  lookAtDue(): Promise<boolean>;
  /** Looks at this one, and answers what went wrong; undefined where all is well, or somebody else is looking. */
  lookAt(id: string): Promise<TrunklineError | undefined>;
}

export function createReading(dependencies: ReadingDependencies): Reading {
  const { ringCentral, accesses, logs, recorded, listen, onUnforeseen } = dependencies;

  async function read(followed: FollowedLog): Promise<void> {
    const { id, account, extensionId, scope, syncToken, caughtUpTo, createdAt } = followed;
    const session = ringCentral.as(accesses.of({ rcAccount: account.rcAccount, extensionId }));
    // Without events, the log is read all the same.
    const deaf = await failureOf(listen(followed, session.subscriptions));
    const since = Math.max(caughtUpTo, Date.now() - FURTHEST_BACK_MS);
    const caughtUp = await session.callLog.catchUp(scope === "account" ? scope : { extensionId: scope }, {
      token: syncToken,
      since,
    });
    let batch: { followedLogId: string; sessionId: string; call: unknown }[] = [];
    for await (const record of caughtUp.records) {
      const call = record.startTime < createdAt ? undefined : callOf(record);
      if (call === undefined) continue;
      batch.push({ followedLogId: id, sessionId: record.sessionId, call });
      if (batch.length < KEPT_AT_ONCE) continue;
      await recorded.keep(batch);
      batch = [];
    }
    await recorded.keep(batch);
    await logs.caughtUp(id, caughtUp.token, caughtUp.upTo);
    if (deaf !== undefined) throw deaf;
  }

  async function look(followed: FollowedLog): Promise<TrunklineError | undefined> {
    const { id } = followed;
    const renewing = setInterval(() => {
      logs.renewLease(id, Date.now() + LEASE_MS).catch((thrown: unknown) => onUnforeseen(asTrunklineError(thrown)));
    }, RENEW_LEASE_MS);
    const failure = await failureOf(read(followed)).finally(() => clearInterval(renewing));
    if (failure?.code === "unforeseen") onUnforeseen(failure);
    const now = Date.now();
    await logs.looked(followed, {
      dueAt: now + pauseAfter(followed, failure, now),
      restUntil: now + REST_MS,
      problem: failure?.userMessage,
    });
    return failure;
  }

  return {
    async lookAtDue() {
      const now = Date.now();
      const followed = await logs.claim(now, now + LEASE_MS);
      if (followed === undefined) return false;
      await look(followed);
      return true;
    },
    async lookAt(id) {
      const now = Date.now();
      const followed = await logs.claim(now, now + LEASE_MS, id);
      return followed && look(followed);
    },
  };
}

function pauseAfter({ livelyUntil }: FollowedLog, failure: TrunklineError | undefined, now: number): number {
  if (failure === undefined) return livelyUntil > now ? LIVELY_EVERY_MS : LOOK_EVERY_MS;
  if (failure.retry === "never") return HOPELESS_EVERY_MS;
  return Math.max(failure.facts.retryAfterMs ?? 0, LIVELY_EVERY_MS);
}

async function failureOf(work: Promise<void>): Promise<TrunklineError | undefined> {
  try {
    await work;
    return undefined;
  } catch (thrown) {
    return asTrunklineError(thrown);
  }
}
