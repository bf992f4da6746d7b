/** What the requests of one call tell: whether the CRM may have written, and what its last refusal was. */

import { announcedBudget } from "../sdk/crm-failure.ts";
import type { CrmBudget } from "../sdk/crm-http.ts";
import type { WatchedRequest } from "./request-watch.ts";

/** Requests that only ask, although their method says otherwise: searches, query languages, logins. */
const ASKS = /\/(?:search|query|suiteql|graphql|token|login)(?:\/|$)/i;
/** Not done: too many requests, or a server that is not there for the moment. */
const TURNED_AWAY = new Set([429, 503]);

/** How far the call came. */
export interface Traces {
  hasAsked: boolean;
  /** The CRM answered a writing request with success. */
  hasWritten: boolean;
  /** A writing request was sent, and nobody knows what became of it. */
  isInDoubt: boolean;
  /** That request may still be worked on. */
  isAtWork: boolean;
  /** The latest request that the CRM refused, or that was not answered; undefined where all went well. */
  failed: WatchedRequest | undefined;
}

export function tracesOf(requests: readonly WatchedRequest[]): Traces {
  const writing = requests.filter((request) => mayWrite(request));
  return {
    hasAsked: requests.length > 0,
    hasWritten: writing.some(({ outcome }) => typeof outcome === "number" && outcome < 400),
    isInDoubt: writing.some(isInDoubt),
    isAtWork: writing.some((request) => isInDoubt(request) && !hasAnswered(request)),
    failed: requests.findLast(({ outcome }) => typeof outcome !== "number" || outcome >= 400),
  };
}

export function budgetOf({ outcome, headers }: WatchedRequest): CrmBudget | undefined {
  return typeof outcome === "number" ? announcedBudget(outcome, headers, Date.now()) : undefined;
}

function mayWrite({ method, path }: WatchedRequest): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(method.toUpperCase()) && !ASKS.test(path);
}

/** A gateway answers for a server that may not have. 524 is Cloudflare's. */
function hasAnswered({ outcome }: WatchedRequest): boolean {
  return typeof outcome === "number" && ![408, 502, 504, 524].includes(outcome);
}

function isInDoubt({ outcome, sent }: WatchedRequest): boolean {
  if (outcome === "never sent") return false;
  if (typeof outcome !== "number") return sent;
  return outcome === 408 || (outcome >= 500 && !TURNED_AWAY.has(outcome));
}
