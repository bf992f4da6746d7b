/** Finishes what could not be written while somebody waited: looks for due entries and delivers them, a few at a time. */

import { asTrunklineError, type TrunklineError } from "../../sdk/errors.ts";
import type { LogEntryStore } from "../../store/log-entries.ts";
import type { Ledger } from "./ledger.ts";

const LOOK_EVERY_MS = 1_000;
const DROP_CONTENT_EVERY_MS = 60 * 60 * 1_000;
/** Deliveries side by side, and of one user: a CRM that hangs must not hold up everybody else's. */
const LANES = 8;
const LANES_PER_USER = 2;

export interface LedgerWorker {
  /** Stops looking and waits for what is under way. */
  stop(): Promise<void>;
}

export interface WorkerDependencies {
  entries: LogEntryStore;
  ledger: Ledger;
  /** Users whose CRM allows no background work at the moment. */
  exhausted(): string[];
  /** Content of written entries is forgotten after this long. */
  keepContentMs: number;
  /** Forgets what else is kept for a set time; told when to stop half-way. */
  forget(stopping: AbortSignal): Promise<void>;
  /** Calls back when something became due in another process; answers how to stop. */
  onWake(listener: () => void): Promise<() => Promise<void>>;
  onUnforeseen(error: TrunklineError): void;
}

/** Looks at once, so that a restart picks up what a dead process left behind. */
export function startWorker(dependencies: WorkerDependencies): LedgerWorker {
  const { entries, ledger, exhausted, forget, keepContentMs, onUnforeseen } = dependencies;
  const stopping = new AbortController();
  /** Entries under way and whose they are. */
  const underWay = new Map<string, string>();
  let dropContentAt = 0;
  let forgetting = Promise.resolve();
  let wake: () => void = () => undefined;
  const listening = dependencies.onWake(() => wake());

  function deliver(id: string, userId: string): void {
    underWay.set(id, userId);
    void ledger
      .deliver({ id, wantedVersion: 0 })
      .catch((thrown: unknown) => onUnforeseen(asTrunklineError(thrown)))
      .finally(() => {
        underWay.delete(id);
        wake();
      });
  }

  /** Fills the free lanes; answers whether there may be more to do at once. */
  async function look(): Promise<boolean> {
    const free = LANES - underWay.size;
    if (free <= 0) return false;
    const lanesOf = (userId: string) => [...underWay.values()].filter((other) => other === userId).length;
    const crowded = [...new Set(underWay.values())].filter((userId) => lanesOf(userId) >= LANES_PER_USER);
    const due = await entries.due(Date.now(), free, [...crowded, ...exhausted()]);
    let began = 0;
    for (const { id, userId } of due) {
      if (underWay.has(id) || lanesOf(userId) >= LANES_PER_USER) continue;
      deliver(id, userId);
      began += 1;
    }
    return began > 0;
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (await look()) continue;
        if (Date.now() >= dropContentAt) {
          await entries.dropContent(Date.now() - keepContentMs);
          dropContentAt = Date.now() + DROP_CONTENT_EVERY_MS;
          // Beside the looks for work, which must not wait for it.
          forgetting = forgetting.then(forgetTheRest);
        }
      } catch (thrown) {
        onUnforeseen(asTrunklineError(thrown));
      }
      await pause();
    }
  }

  async function forgetTheRest(): Promise<void> {
    try {
      if (!stopping.signal.aborted) await forget(stopping.signal);
    } catch (thrown) {
      onUnforeseen(asTrunklineError(thrown));
    }
  }

  /** Ends early when a lane becomes free, when somebody wakes the worker or stops it. */
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

  const working = work();
  return {
    async stop() {
      stopping.abort();
      wake();
      await working;
      await forgetting;
      await (
        await listening
      )();
      await ledger.idle();
    },
  };
}
