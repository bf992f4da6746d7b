/** A clock that stands still until it is told to go on, and waits for everything that can happen without it. */

import type { TestContext } from "node:test";

export interface SimulatedTime {
  now(): number;
  /** Calls back after this long. */
  after(ms: number, callBack: () => void): void;
  /** Marks work that needs no time to pass, such as a query. */
  busyWith<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until nothing more happens unless time passes. */
  quiet(): Promise<void>;
  /** Lets time pass, stopping wherever something is due. */
  advance(ms: number): Promise<void>;
}

/** Below the time in which a lease is renewed. */
const LONGEST_STRIDE_MS = 1_000;
const START = Date.UTC(2026, 8, 1);

export function simulateTime(t: TestContext): SimulatedTime {
  const { timers } = t.mock;
  timers.enable({ apis: ["Date", "setTimeout", "setInterval"], now: START });
  const agenda = new Set<{ at: number }>();
  const busy = new Set<Promise<unknown>>();

  async function quiet(): Promise<void> {
    for (let calm = 0; calm < 2; calm += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (busy.size === 0) continue;
      // Not by asking again and again: a database that is slow to answer would cost a whole processor.
      await Promise.race(busy);
      calm = -1;
    }
  }

  return {
    now: () => Date.now(),
    quiet,

    after(ms, callBack) {
      const event = { at: Date.now() + ms };
      agenda.add(event);
      setTimeout(() => {
        agenda.delete(event);
        callBack();
      }, ms);
    },

    async busyWith(work) {
      const working = work();
      const end = () => void busy.delete(ended);
      const ended: Promise<void> = working.then(end, end);
      busy.add(ended);
      return working;
    },

    async advance(ms) {
      const end = Date.now() + ms;
      for (await quiet(); Date.now() < end; await quiet()) {
        const next = Math.min(end, Date.now() + LONGEST_STRIDE_MS, ...[...agenda].map(({ at }) => at));
        timers.tick(Math.max(1, next - Date.now()));
      }
    },
  };
}
