/** Brings tasks to asynchronous plugins, and tries again until they have them or it is too late. */

import { asTrunklineError, type TrunklineError } from "../../sdk/errors.ts";
import type { DueTask, PluginTaskStore } from "../../store/plugin-tasks.ts";
import type { PluginExchange } from "./plugin-exchange.ts";

const LOOK_EVERY_MS = 2_000;
const FORGET_EVERY_MS = 60 * 60 * 1_000;
/** Requests side by side. */
const LANES = 8;
/** A plugin has to take a task, not to finish it. */
const PATIENCE_MS = 10_000;
/** An attempt surely is over by then: another process may begin anew. */
const LEASE_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60 * 60 * 1_000;

export interface PluginDispatcher {
  /** There is something to do at once. */
  wake(): void;
  start(): { stop(): Promise<void> };
}

export interface PluginDispatcherDependencies {
  tasks: PluginTaskStore;
  exchange: PluginExchange;
  onUnforeseen(error: TrunklineError): void;
}

export function createPluginDispatcher(dependencies: PluginDispatcherDependencies): PluginDispatcher {
  const { tasks, exchange, onUnforeseen } = dependencies;
  let wakeUp: () => void = () => undefined;
  let isAwake = false;

  async function dispatch({ id, plugin, request, attempts }: DueTask): Promise<void> {
    const answer = await exchange.send(plugin, request, PATIENCE_MS);
    if (answer.outcome === "answered") await tasks.delivered(id);
    else await tasks.tryAgainAt(id, Date.now() + pauseAfter(attempts));
  }

  /** Answers whether there may be more to do at once. */
  async function look(): Promise<boolean> {
    const due = await tasks.begin(Date.now(), LANES, LEASE_MS);
    await Promise.all(due.map(dispatch));
    return due.length > 0;
  }

  function pause(stopping: AbortSignal): Promise<void> {
    if (isAwake || stopping.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function work(stopping: AbortSignal): Promise<void> {
    let forgetAt = 0;
    while (!stopping.aborted) {
      isAwake = false;
      try {
        if (await look()) continue;
        if (Date.now() >= forgetAt) {
          await tasks.forget(Date.now());
          forgetAt = Date.now() + FORGET_EVERY_MS;
        }
      } catch (thrown) {
        onUnforeseen(asTrunklineError(thrown));
      }
      await pause(stopping);
    }
  }

  const wake = () => {
    isAwake = true;
    wakeUp();
  };
  return {
    wake,
    start() {
      const stopping = new AbortController();
      const working = work(stopping.signal);
      return {
        async stop() {
          stopping.abort();
          wake();
          await working;
        },
      };
    },
  };
}

function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 3 ** (attempts - 1));
}
