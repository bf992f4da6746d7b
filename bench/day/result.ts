/** What a contestant made of the day: its answers held against the CRM's own book. */

import { median } from "../report/statistics.ts";
import type { CallRecord } from "./book.ts";
import type { Told } from "./call-story.ts";
import type { Used } from "./limits.ts";
import type { Played } from "./play.ts";

export interface Delay {
  /** Seconds of the day; null where nothing was accepted. */
  p50: number;
  p99: number;
  max: number;
}

export interface Result {
  name: Played["name"];
  calls: number;
  lookUps: { p50: number; p99: number; failed: number };
  reads: { p50: number; p99: number; failed: number };
  /** Calls without a record although it was said that there is one; and where the person was told of the failure. */
  lost: number;
  refused: number;
  doubled: number;
  /** Records from which the person's note is gone. */
  notesGone: number;
  /** Recordings and AI notes: how many there were, how many the CRM lacks, and of how many of these nobody was told. */
  additions: { sent: number; missing: number; untold: number };
  dispositionsFailed: number;
  texts: { sent: number; missing: number; doubled: number };
  logDelay: Delay;
  additionDelay: Delay;
  requestsPerCall: number;
  turnedAway: number;
  used: Used;
  processorMsPerCall: number;
  coreShare: number;
  memoryMiB: number;
  bytesPerCall: number;
  /** What people were told when it was not yes, the most frequent first. */
  said: [sentence: string, times: number][];
}

const SAID_AT_MOST = 4;

export function resultOf(played: Played, speed: number): Result {
  const { told, crm } = played;
  const records = new Map(crm.calls);
  const recordOf = ({ call }: Told) => records.get(call.number);
  const count = (meets: (one: Told) => boolean) => told.filter(meets).length;
  const additions = told.flatMap((one) => additionsOf(one, recordOf(one)));
  const missing = additions.filter(({ isThere }) => !isThere);
  const texts = new Map(crm.texts);
  const sentTexts = told.filter(({ text }) => text !== undefined);
  const reads = told.flatMap((one) => one.reads);
  const delays = (list: { answeredAt: number; at: number | undefined }[]) =>
    delayOf(
      list.flatMap(({ answeredAt, at }) => (at === undefined ? [] : [(Math.max(0, at - answeredAt) * speed) / 1_000])),
    );
  return {
    name: played.name,
    calls: told.length,
    lookUps: waits(told.map(({ lookUp }) => lookUp)),
    reads: waits(reads),
    lost: count((one) => one.log.isYes && !recordOf(one)?.createdAt.length),
    refused: count((one) => !one.log.isYes && !recordOf(one)?.createdAt.length),
    doubled: count((one) => (recordOf(one)?.createdAt.length ?? 0) > 1),
    notesGone: count((one) => recordOf(one)?.holds.note === false),
    additions: {
      sent: additions.length,
      missing: missing.length,
      untold: missing.filter(({ isYes }) => isYes).length,
    },
    dispositionsFailed: count(({ disposition }) => disposition?.isYes === false),
    texts: {
      sent: sentTexts.length,
      missing: sentTexts.filter(({ call }) => !texts.has(call.number)).length,
      doubled: crm.texts.filter(([, times]) => times > 1).length,
    },
    logDelay: delays(
      told.flatMap((one) => (one.log.isYes ? [{ answeredAt: one.log.at, at: recordOf(one)?.createdAt[0] }] : [])),
    ),
    additionDelay: delays(additions.filter(({ isYes }) => isYes)),
    requestsPerCall: (crm.passed + crm.turnedAway) / told.length,
    turnedAway: crm.turnedAway,
    used: crm.used,
    processorMsPerCall: played.processorMs / told.length,
    coreShare: played.processorMs / played.ms,
    memoryMiB: played.memoryMiB,
    bytesPerCall: played.bytes / told.length,
    said: sayings(told),
  };
}

function additionsOf({ recording, aiNote }: Told, record: CallRecord | undefined) {
  const of = (answer: Told["recording"], at: number | undefined, isThere: boolean | undefined) => ({
    isYes: answer.isYes,
    answeredAt: answer.at,
    at,
    isThere: isThere === true,
  });
  return [
    of(recording, record?.recordingAt, record?.holds.recording),
    of(aiNote, record?.aiNoteAt, record?.holds.aiNote),
  ];
}

function waits(answers: readonly Told["log"][]) {
  const times = answers.map(({ ms }) => ms);
  return { p50: median(times), p99: percentile(times, 0.99), failed: answers.filter(({ isYes }) => !isYes).length };
}

function delayOf(seconds: readonly number[]): Delay {
  return { p50: median(seconds), p99: percentile(seconds, 0.99), max: percentile(seconds, 1) };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function sayings(told: readonly Told[]): Result["said"] {
  const times = new Map<string, number>();
  for (const one of told) {
    const answers = { "look-up": one.lookUp, log: one.log, recording: one.recording, "AI note": one.aiNote };
    for (const [what, { isYes, because }] of Object.entries({ ...answers, disposition: one.disposition ?? one.log })) {
      if (!isYes) times.set(`${what}: ${because}`, (times.get(`${what}: ${because}`) ?? 0) + 1);
    }
  }
  return [...times].toSorted(([, one], [, other]) => other - one).slice(0, SAID_AT_MOST);
}
