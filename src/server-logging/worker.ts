/** Works through what is due: logs and message stores at RingCentral to look at, and what was found there to bring into the ledger. */

import { asTrunklineError, type TrunklineError } from "../sdk/errors.ts";

const LOOK_EVERY_MS = 1_000;

export interface ServerLoggingWorker {
  /** Stops looking and waits for what is under way. */
  stop(): Promise<void>;
}

export interface ServerLoggingWorkerDependencies {
  /** Done side by side, each again and again; they answer whether there may be more to do at once. */
  steps: readonly (() => Promise<boolean>)[];
  /** Everything that is followed is to be looked at: what happened while nobody was there is caught up with. */
  allDue(): Promise<void>;
  /** Calls back when there is news; answers how to stop. */
  onWake(listener: () => void): () => void;
  onUnforeseen(error: TrunklineError): void;
}

export function startServerLoggingWorker(dependencies: ServerLoggingWorkerDependencies): ServerLoggingWorker {
  const { allDue, onUnforeseen, onWake, steps } = dependencies;
  const stopping = new AbortController();
  const sleeping = new Set<() => void>();
  const stopListening = onWake(wake);

  function wake(): void {
    for (const end of sleeping) end();
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

  async function begin(): Promise<void> {
    await allDue().catch((thrown: unknown) => onUnforeseen(asTrunklineError(thrown)));
    await Promise.all(steps.map(work));
  }

  const working = begin();
  return {
    async stop() {
      stopping.abort();
      stopListening();
      wake();
      await working;
    },
  };
}
