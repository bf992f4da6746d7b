/** How an entry changes: when content comes, and when an attempt ends in one way or another. Rules without a database or a CRM. */

import type { LogReference } from "../../sdk/connector.ts";
import type { TrunklineError } from "../../sdk/errors.ts";
import type { JsonObject } from "../../store/json.ts";
import type { EntryChange, LogEntry } from "../../store/log-entries.ts";
import type { Intent } from "./ledger.ts";
import { nextStep } from "./retry-policy.ts";

/** After its lease, how long the request of a sender that died may still be at work inside the CRM. */
const DEAD_SENDERS_REQUEST_MS = 5_000;

/** New content for a known entry. What is uncertain or on its way stays so; the rest is due at once. */
export function owing(present: LogEntry, intent: Intent): EntryChange {
  const settled = present.state === "written" || present.state === "refused";
  return {
    wanted: intent.wanted,
    wantedVersion: present.wantedVersion + 1,
    contactId: intent.contactId,
    nextAttemptAt: Math.max(Date.now(), present.holdUntil ?? 0),
    ...(settled ? { state: "pending", attempts: 0, owedSince: Date.now() } : {}),
  };
}

/** This content stands in the CRM now. */
export function written(entry: LogEntry, logId: string, content: JsonObject): EntryChange {
  return {
    state: "written",
    logId,
    written: content,
    writtenVersion: entry.sentVersion,
    sent: undefined,
    writtenAt: Date.now(),
    attempts: 0,
    nextAttemptAt: undefined,
    holdUntil: undefined,
    lastError: undefined,
    lastErrorCode: undefined,
  };
}

/**
 * The record is there. Where not all that belongs to it is, or nobody knows what it says, an update, merged without a known
 * base, finishes it.
 */
export function stands(
  entry: LogEntry,
  { logId, unfinished }: LogReference,
  content: JsonObject | undefined,
): EntryChange {
  if (unfinished === undefined && content !== undefined) return written(entry, logId, content);
  const change: EntryChange =
    unfinished === undefined
      ? { state: "pending", nextAttemptAt: Date.now() }
      : afterFailure({ ...entry, logId }, unfinished, false);
  return { ...change, logId, written: undefined, writtenVersion: 0, sent: undefined };
}

/** A connector that cannot look is never asked to create blindly. */
export function needsAPerson(): EntryChange {
  return {
    state: "uncertain",
    nextAttemptAt: undefined,
    lastError: "It is not known whether the record was created, and this CRM cannot be asked. Please look there.",
    lastErrorCode: "crm-answer-lost",
  };
}

/** `isUnsure`: whatever became of this attempt, an earlier one may have written. */
export function afterFailure(entry: LogEntry, failure: TrunklineError, isUnsure: boolean): EntryChange {
  const now = Date.now();
  const looked = isUnsure && entry.logId === undefined;
  const next = nextStep(failure, { attempts: entry.attempts, owedForMs: now - entry.owedSince, random: Math.random() });
  const why = { lastError: next.reason, lastErrorCode: failure.code };
  if (next.step === "give up") {
    // An entry that may have been written must not be taken for one that was not.
    if (looked) return { ...why, state: "uncertain", nextAttemptAt: undefined };
    return { ...why, state: "refused", nextAttemptAt: undefined, sent: undefined };
  }
  const mayStand = isUnsure || next.step === "reconcile";
  return {
    ...why,
    ...(mayStand ? {} : { sent: undefined }),
    state: mayStand && entry.logId === undefined ? "uncertain" : "pending",
    nextAttemptAt: now + next.afterMs,
    // A failed look says nothing new about the request that may still be at work.
    holdUntil: looked ? entry.holdUntil : now + next.holdMs,
  };
}

/** What the dead had asked for may still be done. */
export function afterDeath(entry: LogEntry): EntryChange {
  const holdUntil = Math.max(entry.holdUntil ?? 0, (entry.leaseUntil ?? 0) + DEAD_SENDERS_REQUEST_MS);
  const state = entry.logId === undefined ? "uncertain" : "pending";
  return { state, leaseUntil: undefined, holdUntil, nextAttemptAt: state === "uncertain" ? Date.now() : holdUntil };
}
