/**
 * Writes down what happens, a moment later and in batches, for the operator to look up. A request pays for it with one push
 * to an array; what cannot be written down is forgotten in the end, since the ledger holds what matters.
 */

import { asTrunklineError, type TrunklineError } from "../../sdk/errors.ts";
import type { CrmTrafficStore } from "../../store/crm-traffic.ts";
import type { NewTrailStep, TrailStore } from "../../store/trail.ts";
import type { CrmAsked, NumberLookedUp, Observations } from "../observations.ts";
import type { NumberHash } from "./number-hash.ts";
import { type Followed, isFollowed, stepsOf } from "./steps.ts";
import { createTrafficCounter } from "./traffic-counter.ts";

const WRITE_EVERY_MS = 1_000;
/** Steps of one commit: half a millisecond, in which nobody else is answered. Those of a busy second are spread over many turns. */
const BATCH = 25;
/** What waits for a database that is away, or for a writer that does not keep up. */
const STEPS_KEPT = 20_000;
/** A browser asks for the numbers on its screen again and again; what the index answers is told once in this time. */
const SAME_ANSWER_MS = 10 * 60 * 1000;
const ANSWERS_KEPT = 10_000;

export interface TrailRecorder {
  /** Writes down what is left, as far as the database takes it. */
  close(): Promise<void>;
}

export interface TrailRecorderDependencies {
  observations: Observations;
  trail: Pick<TrailStore, "record">;
  traffic: Pick<CrmTrafficStore, "add">;
  numbers: NumberHash;
  isDatabaseAway(error: unknown): boolean;
  onUnforeseen(error: TrunklineError): void;
}

export function startTrailRecorder(dependencies: TrailRecorderDependencies): TrailRecorder {
  const { observations, trail, traffic, numbers, isDatabaseAway, onUnforeseen } = dependencies;
  const counter = createTrafficCounter();
  const isNews = newsOnly();
  let happened: (Followed | CrmAsked)[] = [];
  let steps: NewTrailStep[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const unfollow = observations.follow((observation) => {
    if (!isFollowed(observation) && observation.what !== "CRM asked") return;
    // What the index answers again and again is not even put aside.
    if (observation.what === "number looked up" && !isNews(observation)) return;
    if (happened.length < STEPS_KEPT) happened.push(observation);
    timer ??= setTimeout(writeSoon, WRITE_EVERY_MS);
  });

  function writeSoon(): void {
    timer = undefined;
    writing = writing.then(write);
  }

  async function write(): Promise<void> {
    sort();
    const stepsLeft = !(await inBatches());
    const countsLeft = !(await addCounts());
    if (stepsLeft || countsLeft) timer ??= setTimeout(writeSoon, WRITE_EVERY_MS);
  }

  function sort(): void {
    const followed: Followed[] = [];
    for (const one of happened) {
      if (one.what === "CRM asked") counter.count(one);
      else followed.push(one);
    }
    happened = [];
    steps = [...steps, ...stepsOf(followed, numbers)].slice(-STEPS_KEPT);
  }

  /** Each answers whether nothing is left to be tried again. */
  async function inBatches(): Promise<boolean> {
    while (steps.length > 0) {
      const batch = steps.slice(0, BATCH);
      if (!(await tried(() => trail.record(batch)))) return false;
      steps = steps.slice(batch.length);
    }
    return true;
  }

  async function addCounts(): Promise<boolean> {
    const counts = counter.take();
    if (counts.length === 0 || (await tried(() => traffic.add(counts)))) return true;
    counter.giveBack(counts);
    return false;
  }

  /** False where the database is away: then it is worth trying again. Anything else is told, and given up. */
  async function tried(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
    } catch (thrown) {
      if (isDatabaseAway(thrown)) return false;
      onUnforeseen(asTrunklineError(thrown));
    }
    return true;
  }

  return {
    async close() {
      unfollow();
      await writing;
      clearTimeout(timer);
      await write();
      clearTimeout(timer);
    },
  };
}

/** Whether an answer of the index says something that has not just been written down for the same user and number. */
function newsOnly(): (lookedUp: NumberLookedUp) => boolean {
  const told = new Map<string, { at: number; answer: string }>();
  return ({ at, userId, number, outcome, from, contacts }) => {
    const key = `${userId} ${number}`;
    const answer = `${outcome} ${contacts.map(({ id }) => id).join()}`;
    const before = told.get(key);
    if (from === "index" && before?.answer === answer && before.at + SAME_ANSWER_MS > at) return false;
    if (told.size >= ANSWERS_KEPT) told.clear();
    told.set(key, { at, answer });
    return true;
  };
}
