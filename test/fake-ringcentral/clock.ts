/** The fake's time: the real one, moved forward by a test that does not want to wait. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  advance(milliseconds: number): void;
}

export function createClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance(milliseconds) {
      ahead += milliseconds;
    },
  };
}
