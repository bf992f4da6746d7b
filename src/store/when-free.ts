/** Waits for others to have written, without holding up the thread: SQLite's own patience sleeps in it. */

/** SQLITE_BUSY, the low byte of its extended codes (sqlite.org/rescode.html). */
const BUSY = 5;
const WAIT_AT_MOST_MS = 5_000;
/** A commit of another process takes less than a millisecond; what takes longer is asked about less often. */
const TURNS = 20;
const PAUSE_MS = 5;

/** `attempt` throws SQLITE_BUSY where another connection writes; it is then made again, for five seconds. */
export async function whenFree<T>(attempt: () => T): Promise<T> {
  const until = Date.now() + WAIT_AT_MOST_MS;
  for (let turns = 1; ; turns += 1) {
    try {
      return attempt();
    } catch (thrown) {
      if (!isBusy(thrown) || Date.now() > until) throw thrown;
    }
    await new Promise((resolve) => {
      if (turns <= TURNS) setImmediate(resolve);
      else setTimeout(resolve, PAUSE_MS);
    });
  }
}

function isBusy(thrown: unknown): boolean {
  const result: unknown = thrown instanceof Error ? Reflect.get(thrown, "errcode") : undefined;
  return typeof result === "number" && result % 256 === BUSY;
}
