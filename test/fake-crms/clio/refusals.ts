/** How a Clio refuses: its error bodies, and its words for "too many requests". */

import type { Fault } from "../support/faults.ts";

const TYPES: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "RecordNotFound",
  422: "UnprocessableEntity",
  429: "RateLimited",
};

export function refusal(status: number, message: string): object {
  return { error: { type: TYPES[status] ?? "InternalServerError", message } };
}

/** Seconds in `Retry-After`, a unix time in `X-RateLimit-Reset` ("Rate Limits", docs.developers.clio.com, 2026-11). */
export function rateHeaders(limit: number, remaining: number, resetAt: number): Record<string, string> {
  const headers = {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(0, remaining)),
    "x-ratelimit-reset": String(Math.ceil(resetAt / 1000)),
  };
  const seconds = Math.max(1, Math.ceil((resetAt - Date.now()) / 1000));
  return remaining < 0 ? { ...headers, "retry-after": String(seconds) } : headers;
}

export function rateLimited(match: string, seconds: number, times = 1): Fault {
  const headers = rateHeaders(50, -1, Date.now() + seconds * 1000);
  return { match, times, kind: "answer", status: 429, headers, body: refusal(429, "Rate limit exceeded.") };
}

export function outOfOrder(match: string, status = 500, times = 1): Fault {
  return { match, times, kind: "answer", status, body: refusal(status, "Something went wrong.") };
}
