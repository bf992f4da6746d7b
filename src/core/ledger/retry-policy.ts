/** What to do with a write that did not come back as written. Pure: knows no clock, no database, no CRM. */

import type { TrunklineError } from "../../sdk/errors.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** After this long without success a person has to look. */
export const GIVE_UP_AFTER_MS = 72 * HOUR;
/** Young entries are tried often: what was accepted while the CRM was away is there within half a minute of its return. */
const YOUNG_MS = HOUR;
const FIRST_WAIT_MS = SECOND / 2;
const LONGEST_WAIT_YOUNG_MS = 15 * SECOND;
const LONGEST_WAIT_MS = 5 * MINUTE;
/** Without a login nothing can be written; logging in again wakes the entry at once. */
const WAIT_FOR_LOGIN_MS = 10 * MINUTE;

const WAITS = new Set<TrunklineError["code"]>(["crm-session-ended", "not-connected", "unknown-platform"]);

export interface Circumstances {
  /** Attempts made so far, this one included. */
  attempts: number;
  /** How long the CRM has lacked what we owe it. */
  owedForMs: number;
  /** Between 0 and 1. */
  random: number;
}

export type NextStep =
  /** A person has to look. What may have been written stays uncertain. */
  | { step: "give up"; reason: string }
  /** `holdMs`: not to be tried before, not even when a person asks. */
  | { step: "try again"; afterMs: number; holdMs: number; reason: string }
  /** Look for our marker; only a record that is still missing after `holdMs` may be created again. */
  | { step: "reconcile"; afterMs: number; holdMs: number; reason: string };

export function nextStep(failure: TrunklineError, circumstances: Circumstances): NextStep {
  const reason = failure.userMessage;
  const announced = failure.facts.retryAfterMs ?? 0;
  const afterMs = Math.max(announced, backoff(circumstances));
  if (circumstances.owedForMs > GIVE_UP_AFTER_MS) return { step: "give up", reason };
  if (failure.retry === "reconcile") {
    const holdMs = Math.max(announced, failure.facts.atWorkMs ?? 0);
    return { step: "reconcile", afterMs, holdMs, reason };
  }
  // A process that lacks the connector leaves the entry to one that has it.
  if (WAITS.has(failure.code)) {
    return { step: "try again", afterMs: WAIT_FOR_LOGIN_MS, holdMs: 0, reason };
  }
  if (failure.retry === "never") return { step: "give up", reason };
  return { step: "try again", afterMs, holdMs: announced, reason };
}

/** Exponential with full jitter, so that entries that failed together do not come back together. */
function backoff({ attempts, owedForMs, random }: Circumstances): number {
  const longest = owedForMs < YOUNG_MS ? LONGEST_WAIT_YOUNG_MS : LONGEST_WAIT_MS;
  const wait = Math.min(longest, FIRST_WAIT_MS * 2 ** Math.min(attempts, 20)) * random;
  return Math.round(Math.max(FIRST_WAIT_MS, wait));
}
