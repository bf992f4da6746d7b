/** The calls of one log as far as they were read: everything that began between two moments, without a gap. */

import type { ReportedCall } from "./reported-call.ts";

/** From one moment up to, and without, another; epoch milliseconds. */
export interface TimeRange {
  from: number;
  to: number;
}

export interface KeptCalls {
  /** What was read reaches back to here. */
  from: number;
  /** As of when: what began, or changed, later is not among it. */
  asOf: number;
  /** Time that is over: nothing changes there any more. */
  isOver: boolean;
  /** By the record's id. */
  calls: Map<string, ReportedCall>;
}

/** A call may go on for hours, and its record appears some time after its end. */
const SETTLED_MS = 4 * 60 * 60 * 1000;
/** Younger than this is new enough. */
const FRESH_MS = 60 * 1000;

/** Nothing is known yet of what began before `range.to`. */
export function nothingKept({ to }: TimeRange, now: number): KeptCalls {
  const isOver = to <= now - SETTLED_MS;
  const upTo = isOver ? to : now;
  return { from: upTo, asOf: upTo, isOver, calls: new Map() };
}

export function reaches({ asOf, from, isOver }: KeptCalls, range: TimeRange): boolean {
  return from <= range.from && (!isOver || asOf >= range.to);
}

export function isFresh({ asOf, isOver }: KeptCalls, now: number): boolean {
  return isOver || asOf + FRESH_MS > now;
}

/** From where on everything is read again to bring it up to date. */
export function settledUpTo({ asOf, from }: KeptCalls): number {
  return Math.max(from, asOf - SETTLED_MS);
}

export function callsIn({ calls }: KeptCalls, { from, to }: TimeRange): ReportedCall[] {
  return [...calls.values()].filter(({ startTime }) => startTime >= from && startTime < to);
}

/** What was deleted since is in no new answer: whatever is read again takes the place of what stood there. */
export function readAgain(kept: KeptCalls, since: number, asOf: number, calls: readonly ReportedCall[]): void {
  for (const { id, startTime } of kept.calls.values()) if (startTime >= since) kept.calls.delete(id);
  for (const call of calls) kept.calls.set(call.id, call);
  kept.asOf = asOf;
}

export function readFurther(kept: KeptCalls, from: number, calls: readonly ReportedCall[]): void {
  for (const call of calls) kept.calls.set(call.id, call);
  kept.from = from;
}
