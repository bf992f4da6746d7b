/** From what was observed to what is kept of it: the steps of a call's trail. */

import type { NewTrailStep } from "../../store/trail.ts";
import type { LogAccepted, LogAttempted, NumberLookedUp, Observation } from "../observations.ts";
import type { NumberHash } from "./number-hash.ts";

/** What a step of a trail is made from. */
export type Followed = NumberLookedUp | LogAccepted | LogAttempted;

export function isFollowed(observation: Observation): observation is Followed {
  const { what } = observation;
  return what === "number looked up" || what === "log accepted" || what === "log attempted";
}

/** A log that was accepted, and what came of it while both waited to be written down, are one row: most calls have no other. */
export function stepsOf(happened: readonly Followed[], numbers: NumberHash): NewTrailStep[] {
  const steps: NewTrailStep[] = [];
  const accepted = new Map<string, NewTrailStep>();
  for (const one of happened) {
    const step = stepOf(one, numbers);
    const before = one.what === "log attempted" ? accepted.get(one.entryId) : undefined;
    if (before !== undefined && before.userId === step.userId && before.next === undefined) {
      before.next = step;
    } else {
      steps.push(step);
    }
    if (one.what === "log accepted") accepted.set(one.entryId, step);
  }
  return steps;
}

function stepOf(happened: Followed, numbers: NumberHash): NewTrailStep {
  if (happened.what === "number looked up") {
    const { at, userId, what, number, ...facts } = happened;
    const identity = { numberHash: numbers.of(number), sourceKey: undefined, entryId: undefined };
    return { at, userId, what, ...identity, facts: { number, ...facts }, isSecret: true };
  }
  if (happened.what === "log accepted") {
    const { at, userId, what, sourceKey, entryId, number, ...facts } = happened;
    const numberHash = number === undefined ? undefined : numbers.of(number);
    return { at, userId, what, numberHash, sourceKey, entryId, facts, isSecret: false };
  }
  const { at, userId, what, sourceKey, entryId, ...facts } = happened;
  // A CRM's sentence may repeat what was to be written.
  const isSecret = happened.reason !== undefined;
  return { at, userId, what, numberHash: undefined, sourceKey, entryId, facts, isSecret };
}
