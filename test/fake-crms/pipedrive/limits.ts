/** Pipedrive's limits: tokens per company and day by what each endpoint costs, and ten searches in two seconds. */

import type { FakeApp } from "../support/fake-server.ts";
import { refusal } from "./answers.ts";

/** `x-token-cost` of the documents (snapshot 2026-08-18). */
const COSTS: readonly [request: RegExp, tokens: number][] = [
  [/^GET \/api\/v2\/persons\/search$/, 20],
  [/^GET \/api\/v2\/(?:deals|activities)$/, 10],
  [/^GET \/api\/v2\/(?:activities|persons)\/\d+$/, 1],
  [/^(?:POST|PATCH) \/api\/v2\//, 5],
  [/^GET \/v1\/users\/me$/, 2],
  [/^GET \/v1\//, 20],
];

const SEARCH_WINDOW_MS = 2_000;
const OFTEN = /^GET \/api\/v2\/persons\/search$/;

export interface Limits {
  /** Tokens left for the day. */
  tokensLeft: number;
  /** Searches allowed within two seconds. */
  searches: number;
  /** Tokens spent so far. */
  spent: number;
}

export function applyLimits(app: FakeApp, limits: Limits): void {
  let searchedAt: number[] = [];

  app.addHook("preHandler", async (request, reply) => {
    const line = `${request.method} ${request.url.split("?", 1).join("")}`;
    const now = Date.now();
    searchedAt = searchedAt.filter((at) => at > now - SEARCH_WINDOW_MS);
    if (OFTEN.test(line)) {
      if (searchedAt.length >= limits.searches) return reply.code(429).headers(headersFor(0, 2)).send(tooMany());
      searchedAt.push(now);
    }
    const cost = COSTS.find(([pattern]) => pattern.test(line))?.[1] ?? 0;
    if (cost > limits.tokensLeft) return reply.code(429).headers(headersFor(0, 3600)).send(tooMany());
    limits.tokensLeft -= cost;
    limits.spent += cost;
    void reply.headers(headersFor(79, 2));
  });
}

/** The reset is in seconds left, and there is no Retry-After. */
export function headersFor(remaining: number, resetSeconds: number): Record<string, string> {
  return {
    "x-ratelimit-limit": "80",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(resetSeconds),
  };
}

export function tooMany(): object {
  return refusal(429, "request over limit");
}
