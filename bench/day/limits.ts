/** What the CRM allows: the tightest limits that Clio and Pipedrive publish, all of them at once. */

import { COMPANY } from "./companies.ts";

/** Clio, "Rate limits", read 2026-11-24: 50 requests a minute and access token in peak hours. */
const REQUESTS_A_MINUTE = 50;
const MINUTE_MS = 60_000;
/** Pipedrive, changelog of 2022-08-16: ten searches in two seconds and token. */
const SEARCHES = 10;
const SEARCH_WINDOW_MS = 2_000;
/** Pipedrive, "Rate limiting", updated 2026-09-17: a company's day on the smallest plan, for each seat. */
const TOKENS_A_SEAT = 30_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Prices by Pipedrive's API reference of 2026-08-18. */
const TOKENS = { search: 20, list: 10, one: 1, write: 5 };

export type Kind = keyof typeof TOKENS;

export interface Verdict {
  isAllowed: boolean;
  headers: Record<string, string>;
}

export interface Used {
  /** Of the fullest minute of any login, and of the company's day that spent most: parts of what is allowed. */
  fullestMinute: number;
  companyDay: number;
}

export interface Limits {
  /** `now` in milliseconds of the day's clock. */
  ask(now: number, login: string, company: string, kind: Kind): Verdict;
  used(): Used;
}

interface Window {
  endsAt: number;
  used: number;
}

export function createLimits(): Limits {
  const windows = new Map<string, Window>();
  const most: Used = { fullestMinute: 0, companyDay: 0 };

  function windowOf(name: string, now: number, lengthMs: number): Window {
    const present = windows.get(name);
    if (present !== undefined && present.endsAt > now) return present;
    const fresh = { endsAt: now + lengthMs, used: 0 };
    windows.set(name, fresh);
    return fresh;
  }

  return {
    ask(now, login, company, kind) {
      const minute = windowOf(`minute ${login}`, now, MINUTE_MS);
      const searches = windowOf(`searches ${login}`, now, SEARCH_WINDOW_MS);
      const day = windowOf(`day ${company}`, now, DAY_MS);
      const full = [
        ...(minute.used < REQUESTS_A_MINUTE ? [] : [minute]),
        ...(kind !== "search" || searches.used < SEARCHES ? [] : [searches]),
        ...(day.used + TOKENS[kind] <= TOKENS_A_SEAT * COMPANY ? [] : [day]),
      ];
      const isAllowed = full.length === 0;
      if (isAllowed) {
        minute.used += 1;
        day.used += TOKENS[kind];
        if (kind === "search") searches.used += 1;
        most.fullestMinute = Math.max(most.fullestMinute, minute.used / REQUESTS_A_MINUTE);
        most.companyDay = Math.max(most.companyDay, day.used / (TOKENS_A_SEAT * COMPANY));
      }
      const headers: Record<string, string> = {
        "x-ratelimit-limit": String(REQUESTS_A_MINUTE),
        "x-ratelimit-remaining": String(REQUESTS_A_MINUTE - minute.used),
        "x-ratelimit-reset": secondsUntil(minute.endsAt, now),
      };
      if (!isAllowed) {
        const endsAt = Math.max(...full.map((window) => window.endsAt));
        headers["x-ratelimit-remaining"] = "0";
        headers["x-ratelimit-reset"] = headers["retry-after"] = secondsUntil(endsAt, now);
      }
      return { isAllowed, headers };
    },
    used: () => most,
  };
}

/** Both vendors name whole seconds. */
function secondsUntil(endsAt: number, now: number): string {
  return String(Math.ceil((endsAt - now) / 1_000));
}
