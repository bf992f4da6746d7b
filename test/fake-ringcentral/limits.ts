/** RingCentral's rate limits: so many requests a minute for each token and group ("RingCentral API rate limits", 2025-05). */

import type { FastifyReply } from "fastify";
import type { Clock } from "./clock.ts";
import { tooManyRequests } from "./refusals.ts";

export type Group = "Light" | "Medium" | "Heavy" | "Auth";

/** Requests a minute. */
export type Limits = Readonly<Record<Group, number>>;

export const VENDORS_LIMITS: Limits = { Light: 50, Medium: 40, Heavy: 10, Auth: 5 };
const WINDOW_MS = 60_000;

/** `x-throttling-group` of the API document (copy of 2026-08-13). */
const GROUPS: readonly [request: RegExp, group: Group][] = [
  [/\/(?:call-log|call-log-sync|content)$|\/recording\//, "Heavy"],
  [/^GET .*\/extension$|^(?:POST|PUT|DELETE) .*\/subscription(?:\/[^/]+)?$/, "Medium"],
];

export interface RateLimiter {
  /** Sets the headers; false where it has answered 429. */
  allows(credential: string, group: Group, reply: FastifyReply): boolean;
}

export function groupOf(method: string, path: string): Group {
  return GROUPS.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1] ?? "Light";
}

export function createRateLimiter(limits: Limits, clock: Clock): RateLimiter {
  const windows = new Map<string, { endsAt: number; used: number }>();
  return {
    allows(credential, group, reply) {
      const key = `${group} ${credential}`;
      const present = windows.get(key);
      const now = clock.now();
      const spent = present !== undefined && present.endsAt > now ? present : { endsAt: now + WINDOW_MS, used: 0 };
      spent.used += 1;
      windows.set(key, spent);
      const left = limits[group] - spent.used;
      void reply.headers({
        "x-rate-limit-group": group.toLowerCase(),
        "x-rate-limit-limit": String(limits[group]),
        "x-rate-limit-remaining": String(Math.max(0, left)),
        "x-rate-limit-window": String(WINDOW_MS / 1000),
      });
      if (left >= 0) return true;
      // Whoever goes on asking waits the whole interval again.
      spent.endsAt = now + WINDOW_MS;
      void reply
        .code(429)
        .header("retry-after", String(WINDOW_MS / 1000))
        .send(tooManyRequests());
      return false;
    },
  };
}
