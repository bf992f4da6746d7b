/** Finishes what could not be written while somebody waited: looks for due entries and delivers them. */

import { asTrunklineError, type TrunklineError } from "../../sdk/errors.ts";
import type { LogEntryStore } from "../../store/log-entries.ts";
import type { Ledger } from "./ledger.ts";

const LOOK_EVERY_MS = 1_000;
const DROP_CONTENT_EVERY_MS = 60 * 60 * 1_000;
/** Delivered side by side; the rest waits for the next look. */
const AT_ONCE = 4;

export interface LedgerWorker {
  /** Stops looking and waits for what is under way. */
  stop(): Promise<void>;
}

export interface WorkerDependencies {
  entries: LogEntryStore;
  ledger: Ledger;
  /** Content of written entries is forgotten after this long. */
  keepContentMs: number;
  /** Calls back when something became due in another process; answers how to stop. */
  onWake(listener: () => void): Promise<() => Promise<void>>;
  onUnforeseen(error: TrunklineError): void;
}

/** Looks at once, so that a restart picks up what a dead process left behind. */
export function startWorker(dependencies: WorkerDependencies): LedgerWorker {
  const { entries, ledger, keepContentMs, onUnforeseen } = dependencies;
  const stopping = new AbortController();
  let wake: () => void = () => undefined;
  const listening = dependencies.onWake(() => wake());

  /** Ends early when somebody wakes the worker or stops it. */
  function pause(): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function work(): Promise<void> {
    let dropContentAt = 0;
    while (!stopping.signal.aborted) {
      try {
        const ids = await entries.due(Date.now(), AT_ONCE);
        await Promise.all(ids.map((id) => ledger.deliver({ id, wantedVersion: 0 })));
        if (Date.now() >= dropContentAt) {
          await entries.dropContent(Date.now() - keepContentMs);
          dropContentAt = Date.now() + DROP_CONTENT_EVERY_MS;
        }
        if (ids.length === AT_ONCE) continue;
      } catch (thrown) {
        onUnforeseen(asTrunklineError(thrown));
      }
      await pause();
    }
  }

  const working = work();
  return {
    async stop() {
      stopping.abort();
      wake();
      await working;
      await (
        await listening
      )();
      await ledger.idle();
    },
  };
}
