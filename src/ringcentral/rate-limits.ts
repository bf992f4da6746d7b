/** RingCentral's rate limits, learnt from its answers: who has used up a minute is not asked for again before it is over. */

import { announcedWait } from "../sdk/crm-failure.ts";

/** Each operation counts towards one of these, for each user and app ("RingCentral API rate limits", 2025-05). */
export type RateLimitGroup = "Light" | "Medium" | "Heavy" | "Auth";

type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Where an answer names no time; the guide's penalty interval. */
const PENALTY_MS = 60_000;
const ALLOWANCES_KEPT = 10_000;

interface Allowance {
  remaining: number;
  /** The window began no later than this. */
  beganBy: number;
  heldUntil: number;
}

export interface RateLimits {
  /** Milliseconds until the next request of this group may be sent with this credential; 0: now. */
  waitFor(credential: string, group: RateLimitGroup): number;
  learn(credential: string, group: RateLimitGroup, status: number, headers: AnswerHeaders): void;
}

/** Credentials are only compared, so a hash of them will do. */
export function createRateLimits({ now }: { now: () => number }): RateLimits {
  const allowances = new Map<string, Allowance>();

  function keep(key: string, allowance: Allowance): void {
    allowances.delete(key);
    allowances.set(key, allowance);
    const [oldest] = allowances.keys();
    if (allowances.size > ALLOWANCES_KEPT && oldest !== undefined) allowances.delete(oldest);
  }

  return {
    waitFor: (credential, group) => Math.max(0, (allowances.get(`${group} ${credential}`)?.heldUntil ?? 0) - now()),

    learn(credential, group, status, headers) {
      const key = `${group} ${credential}`;
      const at = now();
      const before = allowances.get(key);
      if (status === 429) {
        const heldUntil = at + (announcedWait(headers, at) ?? PENALTY_MS);
        keep(key, { remaining: 0, beganBy: at, heldUntil });
        return;
      }
      const remaining = numberIn(headers["x-rate-limit-remaining"]);
      const windowSeconds = numberIn(headers["x-rate-limit-window"]);
      if (remaining === undefined || windowSeconds === undefined) return;
      // The header tells the window's length but not its age: more left than before means that a new one has begun.
      const isNewWindow = before === undefined || remaining > before.remaining;
      const beganBy = isNewWindow ? at : before.beganBy;
      keep(key, { remaining, beganBy, heldUntil: remaining === 0 ? beganBy + windowSeconds * 1000 : 0 });
    },
  };
}

function numberIn(header: string | string[] | undefined): number | undefined {
  const number = typeof header === "string" && header.trim() !== "" ? Number(header) : Number.NaN;
  return number >= 0 ? number : undefined;
}
