/** Tells an open console what happens: the ledger's counts, from every process, and that this one has done something. */

import type { Operating } from "../../core/operating.ts";
import type { Observations } from "../../core/observations.ts";
import { isFollowed } from "../../core/trail/steps.ts";
import type { App } from "../../http/app.ts";
import type { OpenState } from "../../store/log-entry-figures.ts";
import type { LiveStream, OpenStream } from "../live.ts";
import type { AdminSessions } from "./admin-session.ts";
import { SESSION_COOKIE } from "./door.ts";
import { OPEN_LIMIT } from "./open-entries.ts";

const COUNT_EVERY_MS = 3_000;
/** A busy server does a thousand things a second: the page is told once. The trail is written down by then. */
const TELL_EVERY_MS = 1_500;

export interface EventOptions {
  operating: Operating;
  observations: Observations;
  sessions: AdminSessions;
  live: OpenStream;
}

export function eventRoutes(app: App, { operating, observations, sessions, live }: EventOptions): void {
  const counts = countsForAll(() => operating.figures.countOpen(OPEN_LIMIT));

  app.get("/console/events", (request, reply) => {
    const now = Date.now();
    const lastsMs = (sessions.expiryOf(request.cookies[SESSION_COOKIE], now) ?? now) - now;
    return live(reply, (stream) => {
      const unfollow = tellNow(stream, observations);
      const leave = counts.join((present) => stream.send("open entries", present));
      const atTheEnd = setTimeout(() => stream.end(), lastsMs);
      return () => {
        clearTimeout(atTheEnd);
        leave();
        unfollow();
      };
    });
  });
}

function tellNow(stream: LiveStream, observations: Observations): () => void {
  let happened = 0;
  let timer: NodeJS.Timeout | undefined;
  const unfollow = observations.follow((observation) => {
    if (!isFollowed(observation)) return;
    happened += 1;
    timer ??= setTimeout(() => {
      timer = undefined;
      stream.send("happened", { steps: happened });
      happened = 0;
    }, TELL_EVERY_MS);
  });
  return () => {
    clearTimeout(timer);
    unfollow();
  };
}

type Counts = Record<OpenState, number>;

/** Counts while somebody listens, once for all of them; they are told when something has changed. */
function countsForAll(read: () => Promise<Counts>) {
  const listeners = new Set<(counts: Counts) => void>();
  let last: Counts | undefined;
  let isLooking = false;

  async function lookWhileHeard(): Promise<void> {
    isLooking = true;
    while (listeners.size > 0) {
      // A database that is away: they are told when it is back.
      const counts = await read().catch(() => last);
      const isNew = JSON.stringify(counts) !== JSON.stringify(last);
      last = counts;
      if (isNew && counts !== undefined) for (const listener of listeners) listener(counts);
      await new Promise((resolve) => setTimeout(resolve, COUNT_EVERY_MS).unref());
    }
    isLooking = false;
  }

  return {
    join(listener: (counts: Counts) => void): () => void {
      listeners.add(listener);
      if (last !== undefined) listener(last);
      if (!isLooking) void lookWhileHeard();
      return () => listeners.delete(listener);
    },
  };
}
