/** Works through what is due: logs at RingCentral to look at, and calls to bring into the ledger. */

import { asTrunklineError, type TrunklineError } from "../sdk/errors.ts";
import type { FollowedLogStore } from "../store/followed-logs.ts";
import type { RecordedCall, RecordedCallStore } from "../store/recorded-calls.ts";
import type { Logged, LogRecordedCall } from "./logging.ts";
import type { Reading } from "./reading.ts";
import { readCall } from "./recorded-call.ts";

const LOOK_EVERY_MS = 1_000;
const CALLS_AT_ONCE = 8;
/** Longer than a person waits for a log: nobody else takes a call meanwhile. */
const CLAIM_MS = 60 * 1000;
/** While a CRM is away, or somebody has to log in again. */
const RETRY_MS = 60 * 1000;
const LONGEST_RETRY_MS = 60 * 60 * 1000;
/** As the ledger does. */
const GIVE_UP_AFTER_MS = 3 * 24 * 60 * 60 * 1000;
/** For a contact that a person creates after the call. */
const ASK_AGAIN_MS = 10 * 60 * 1000;
const ASK_UNTIL_MS = 24 * 60 * 60 * 1000;

export interface ServerLoggingWorker {
  /** Stops looking and waits for what is under way. */
  stop(): Promise<void>;
}

export interface ServerLoggingWorkerDependencies {
  reading: Reading;
  logs: FollowedLogStore;
  recorded: RecordedCallStore;
  log: LogRecordedCall;
  /** Calls back when there is news; answers how to stop. */
  onWake(listener: () => void): () => void;
  onUnforeseen(error: TrunklineError): void;
  /** A call that will not be logged, and why. */
  onGivenUp(call: { followedLogId: string; sessionId: string; reason: string }): void;
}

/** Looks at everything at once: what happened while nobody was there is caught up with. */
export function startServerLoggingWorker(dependencies: ServerLoggingWorkerDependencies): ServerLoggingWorker {
  const { reading, logs, recorded, log, onUnforeseen, onGivenUp } = dependencies;
  const stopping = new AbortController();
  const sleeping = new Set<() => void>();
  const stopListening = dependencies.onWake(wake);

  function wake(): void {
    for (const end of sleeping) end();
  }

  async function giveUp(one: RecordedCall, reason: string): Promise<void> {
    await recorded.drop(one);
    onGivenUp({ followedLogId: one.followedLogId, sessionId: one.sessionId, reason });
  }

  async function bring(one: RecordedCall): Promise<void> {
    try {
      const followed = await logs.get(one.followedLogId);
      const outcome: Logged =
        followed === undefined ? "done" : await log(followed, one.sessionId, readCall(one.read()));
      if (outcome === "done") return await recorded.drop(one);
      if (one.recordedAt + ASK_UNTIL_MS < Date.now()) {
        return await giveUp(one, "nobody in the CRM answers to the number, or several do");
      }
      await recorded.later(one, Date.now() + ASK_AGAIN_MS * 2 ** Math.min(one.attempts, 5));
    } catch (thrown) {
      const failure = asTrunklineError(thrown);
      if (failure.code === "unforeseen") onUnforeseen(failure);
      if (one.recordedAt + GIVE_UP_AFTER_MS < Date.now()) return giveUp(one, failure.userMessage);
      const retryAfter = Math.min(RETRY_MS * 2 ** Math.min(one.attempts, 6), LONGEST_RETRY_MS);
      await recorded.later(one, Date.now() + Math.max(retryAfter, failure.facts.retryAfterMs ?? 0));
    }
  }

  async function bringDue(): Promise<boolean> {
    const due = await recorded.claim(CALLS_AT_ONCE, Date.now() + CLAIM_MS);
    await Promise.all(due.map(bring));
    return due.length > 0;
  }

  /** Ends early when somebody wakes or stops us. */
  function pause(): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        sleeping.delete(end);
        resolve();
      };
      const timer = setTimeout(end, LOOK_EVERY_MS);
      sleeping.add(end);
    });
  }

  async function work(step: () => Promise<boolean>): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (await step()) {
          wake();
          continue;
        }
      } catch (thrown) {
        onUnforeseen(asTrunklineError(thrown));
      }
      await pause();
    }
  }

  async function readDue(): Promise<void> {
    await logs.allDue().catch((thrown: unknown) => onUnforeseen(asTrunklineError(thrown)));
    await work(() => reading.lookAtDue());
  }

  const working = Promise.all([readDue(), work(bringDue)]);
  return {
    async stop() {
      stopping.abort();
      stopListening();
      wake();
      await working;
    },
  };
}
