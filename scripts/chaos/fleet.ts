/** The servers of a run: as many replicas as wanted, killed on order and started again at once. */

import { setTimeout as wait } from "node:timers/promises";
import type { Program, Programs } from "./programs.ts";
import type { Random } from "./random.ts";

const LOOK_AGAIN_MS = 20;
/** A server that cannot start, because its database is just away, is started again after this long. */
const START_AGAIN_MS = 100;

export interface Fleet {
  /** Where the next request goes: the replicas in turn, those that listen. Waits until one does. */
  url(signal: AbortSignal): Promise<string>;
  /** Kills one of them, whatever it is doing; false where the one that was drawn is dying already. */
  kill(random: Random): boolean;
  kills(): number;
  /** How many ended although nobody killed them while they served. */
  crashes(): number;
  /** Processor time of all that have served so far, those that were killed included. */
  processorMs(): number;
}

export function startFleet(
  programs: Programs,
  { replicas, environment }: { replicas: number; environment: Readonly<Record<string, string>> },
  closing: AbortSignal,
): Fleet {
  const places = Array.from({ length: replicas }, (_, at): Place => ({ name: `server-${at + 1}`, condemned: false }));
  const counted = { kills: 0, crashes: 0, requests: 0, processorMs: 0 };

  async function keepUp(place: Place): Promise<void> {
    while (!closing.aborted) {
      place.condemned = false;
      place.program = programs.run(place.name, "start", environment);
      place.url = await place.program.listening;
      const served = place.url !== undefined;
      await place.program.ended;
      place.url = undefined;
      place.program = undefined;
      if (closing.aborted || place.condemned) continue;
      if (served) counted.crashes += 1;
      await wait(START_AGAIN_MS);
    }
  }

  for (const place of places) void keepUp(place);
  return {
    async url(signal) {
      for (;;) {
        const open = places.flatMap(({ url }) => url ?? []);
        const url = open[counted.requests++ % Math.max(1, open.length)];
        if (url !== undefined) return url;
        await wait(LOOK_AGAIN_MS, undefined, { signal });
      }
    },
    kill(random) {
      const place = places[random.between(0, places.length - 1)];
      if (place?.program === undefined || place.condemned) return false;
      place.condemned = true;
      place.url = undefined;
      counted.processorMs += place.program.processorMs();
      place.program.kill();
      counted.kills += 1;
      return true;
    },
    kills: () => counted.kills,
    crashes: () => counted.crashes,
    processorMs: () => places.reduce((sum, { program }) => sum + (program?.processorMs() ?? 0), counted.processorMs),
  };
}

interface Place {
  name: string;
  program?: Program | undefined;
  /** While it listens. */
  url?: string | undefined;
  /** Killed by us. */
  condemned: boolean;
}
