/** How an entry changes: when content comes, and when an attempt ends in one way or another. Rules without a database or a CRM. */

import type { LogReference } from "../../sdk/connector.ts";
import type { TrunklineError } from "../../sdk/errors.ts";
import type { JsonObject } from "../../store/json.ts";
import type { EntryChange, LogEntry, NewEntry } from "../../store/log-entries.ts";
import type { Intent } from "./acceptance.ts";
import { nextStep } from "./retry-policy.ts";

/** After its lease, how long the request of a sender that died may still be at work inside the CRM. */
const DEAD_SENDERS_REQUEST_MS = 15_000;

/** Short, so that a dead sender's entries are taken over soon; renewed while an attempt is under way. */
export const LEASE_MS = 10_000;

/** What becomes of an entry that somebody would send now. */
export interface Taking {
  change: EntryChange;
  /** False where there is nothing to do, somebody is at it already, or it must not be written yet. */
  taken: boolean;
  /** An earlier attempt may have written this very content: it is brought to an end before anything newer is sent. */
  isUnsure: boolean;
}

export function taking(found: LogEntry, now: number): Taking {
  const senderDied = found.state === "sending" && (found.leaseUntil ?? 0) < now;
  const revival = senderDied ? afterDeath(found) : {};
  const entry = { ...found, ...revival };
  const isOpen = entry.state === "pending" || entry.state === "uncertain";
  const isUnsure = entry.state === "uncertain" || entry.sent !== undefined;
  const mayLook = isUnsure && entry.logId === undefined;
  const isHeld = !mayLook && (entry.holdUntil ?? 0) > now;
  if (!isOpen || isHeld || entry.wanted === undefined) return { change: revival, taken: false, isUnsure };
  const sending: EntryChange = {
    state: "sending",
    attempts: entry.attempts + 1,
    leaseUntil: now + LEASE_MS,
    // Where the sender dies, somebody else looks at it then.
    nextAttemptAt: now + LEASE_MS,
    ...(isUnsure ? {} : { sent: entry.wanted, sentVersion: entry.wantedVersion }),
  };
  return { change: { ...revival, ...sending }, taken: true, isUnsure };
}

/** A new entry is sent at once. */
export function firstSending(wanted: JsonObject, now: number): NewEntry["begins"] {
  const leaseUntil = now + LEASE_MS;
  return { state: "sending", attempts: 1, leaseUntil, nextAttemptAt: leaseUntil, sent: wanted, sentVersion: 1 };
}

/** New content for a known entry. What is uncertain or on its way stays so; the rest is due at once. */
export function owing(present: LogEntry, intent: Intent): EntryChange {
  const settled = present.state === "written" || present.state === "refused";
  return {
    wanted: intent.wanted,
    wantedVersion: present.wantedVersion + 1,
    contactId: intent.contactId,
    ...(present.state === "sending" ? {} : { nextAttemptAt: Math.max(Date.now(), present.holdUntil ?? 0) }),
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
  const standing = unfinished?.facts.standing;
  // Where it is known how far it came, nothing is tried again that is not asked for.
  const base = standing === undefined ? { written: undefined, writtenVersion: 0 } : { written: standing };
  return { ...change, ...base, logId, sent: undefined };
}

/** A connector that cannot look is never asked to create blindly. */
export function needsAPerson(): EntryChange {
  return {
    state: "uncertain",
    nextAttemptAt: undefined,
    lastError: "It is not known whether the record was created, and this CRM cannot be asked. Please look there.",
    lastErrorCode: "unsupported",
  };
}

/** `isUnsure`: whatever became of this attempt, an earlier one may have written. */
export function afterFailure(entry: LogEntry, failure: TrunklineError, isUnsure: boolean): EntryChange {
  const now = Date.now();
  const looked = isUnsure && entry.logId === undefined;
  const next = nextStep(failure, { attempts: entry.attempts, owedForMs: now - entry.owedSince, random: Math.random() });
  const { standing } = failure.facts;
  const part = standing === undefined || entry.logId === undefined ? {} : { written: standing, sent: undefined };
  const why = { lastError: next.reason, lastErrorCode: failure.code };
  if (next.step === "give up") {
    // An entry that may have been written must not be taken for one that was not.
    const mayBeThere = isUnsure || failure.retry === "reconcile";
    if (mayBeThere && entry.logId === undefined) return { ...why, state: "uncertain", nextAttemptAt: undefined };
    // What may stand there is not forgotten: the next update would take it for a person's words.
    const fate = mayBeThere ? {} : { sent: undefined };
    return { ...why, ...fate, ...part, state: "refused", nextAttemptAt: undefined };
  }
  const mayStand = isUnsure || next.step === "reconcile";
  const state = mayStand && entry.logId === undefined ? "uncertain" : "pending";
  return {
    ...why,
    ...(mayStand ? {} : { sent: undefined }),
    ...part,
    state,
    // A look may come while the lost request is still at work, another write may not.
    nextAttemptAt: now + (state === "uncertain" ? next.afterMs : Math.max(next.afterMs, next.holdMs)),
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
