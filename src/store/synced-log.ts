/** Brings SQLite's write-ahead log to the disk for everybody who waits, in one go: many commits, one sync. */

import { open } from "node:fs/promises";

export interface SyncedLog {
  /** Comes back when everything that is committed by now is on the disk. */
  synced(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A commit with `synchronous = NORMAL` is written to the log but not synced ("synchronous", sqlite.org/pragma.html): what makes it
 * durable is the sync here, which runs beside the main thread and counts for all commits before it began. A log that could
 * not be synced once is not trusted again: the kernel may have dropped what it could not write.
 */
export function createSyncedLog(file: string): SyncedLog {
  let handle: ReturnType<typeof open> | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let broken: Error | undefined;

  async function sync(): Promise<void> {
    if (broken !== undefined) throw broken;
    try {
      handle ??= open(file, "r+");
      await (await handle).datasync();
    } catch (thrown) {
      broken = new Error("The database could not be brought to the disk.", { cause: thrown });
      throw broken;
    } finally {
      running = undefined;
    }
  }

  return {
    synced() {
      if (running === undefined) {
        running = sync();
        return running;
      }
      // The one under way may have begun before our commit.
      const begin = () => {
        next = undefined;
        running = sync();
        return running;
      };
      next ??= running.then(begin, begin);
      return next;
    },
    async close() {
      await Promise.allSettled([running, next]);
      await handle?.then(
        (opened) => opened.close(),
        () => undefined,
      );
    },
  };
}
