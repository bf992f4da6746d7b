/** Catching up with what changed at RingCentral since a stored token, or since a moment where the token serves no more. */

import { type Static, Type } from "typebox";
import type { Refusal } from "./failures.ts";
import { Moment } from "./answer-parts.ts";

/** What one answer holds at most ("Call log synchronization" of RingCentral's guide, 2023-03). */
export const LARGEST_SYNC = 250;

/** A log is read by when calls began: one that was going on when we last looked has begun before that. */
const LONGEST_CALL_MS = 4 * 60 * 60 * 1000;

export const SyncInfo = Type.Object({ syncToken: Type.String({ minLength: 1 }), syncTime: Moment });

/** The token is stored once all records are taken care of: an interrupted catch-up is then done again, not lost. */
export interface CaughtUp<Kept> {
  /** For the next time. */
  token: string;
  /** Epoch milliseconds. */
  upTo: number;
  /** True without a token that serves: the records are then all since the moment, not only what changed. */
  startedOver: boolean;
  /** In no particular order, some perhaps twice. Further pages are asked for on the way. */
  records: AsyncIterable<Kept>;
}

export interface CatchUpFrom {
  /** Undefined at the first time. */
  token: string | undefined;
  /** Epoch milliseconds: `upTo` of the last time, or the moment at which logging was switched on. */
  since: number;
}

export interface SyncedRecords<Kept> {
  records: readonly Kept[];
  syncInfo: Static<typeof SyncInfo>;
}

export interface SyncSource<Kept> {
  /** What changed since the token was given; undefined where it does not serve any more. */
  changes(token: string): Promise<SyncedRecords<Kept> | undefined>;
  /** The newest since a moment, at most `LARGEST_SYNC`, and a token that stands for all of them. */
  newest(from: number): Promise<SyncedRecords<Kept>>;
  /** Everything between two moments, in pages. */
  between(from: number, to: number): AsyncIterable<Kept>;
}

/** Cost: one request; two after an outage that a token does not bridge, and more for what does not fit into one answer. */
export async function catchUp<Kept>(source: SyncSource<Kept>, { token, since }: CatchUpFrom): Promise<CaughtUp<Kept>> {
  const changed = token === undefined ? undefined : await source.changes(token);
  if (changed !== undefined) return caughtUp(changed, false, listed(changed.records));
  const from = token === undefined ? since : since - LONGEST_CALL_MS;
  const newest = await source.newest(from);
  // A full answer leaves out the oldest, and its token does not bring them later: they are read from the log itself.
  const isAll = newest.records.length < LARGEST_SYNC;
  const records = isAll ? listed(newest.records) : source.between(from, Date.parse(newest.syncInfo.syncTime));
  return caughtUp(newest, true, records);
}

/**
 * A token expires, is forgotten when a log is reset, and does not bridge more than 250 changes. RingCentral has a code for
 * each (CLG-101 to 105, MSG-333 and others in "Error codes", seen 2026-11), but nothing else in that request could be wrong.
 */
export function meansFullSync({ status }: Refusal): "full-sync" | undefined {
  return status === 400 ? "full-sync" : undefined;
}

function caughtUp<Kept>(
  { syncInfo }: SyncedRecords<Kept>,
  startedOver: boolean,
  records: AsyncIterable<Kept>,
): CaughtUp<Kept> {
  return { token: syncInfo.syncToken, upTo: Date.parse(syncInfo.syncTime), startedOver, records };
}

async function* listed<Kept>(records: readonly Kept[]): AsyncGenerator<Kept, void> {
  yield* records;
}
