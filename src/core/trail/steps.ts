/** From what was observed to what is kept of it: the steps of a call's trail. */

import type { TrailStep } from "../../store/trail.ts";
import type { LogAccepted, LogAttempted, NumberLookedUp, Observation } from "../observations.ts";
import type { NumberHash } from "./number-hash.ts";

/** What a step of a trail is made from. */
export type Followed = NumberLookedUp | LogAccepted | LogAttempted;

export function isFollowed(observation: Observation): observation is Followed {
  const { what } = observation;
  return what === "number looked up" || what === "log accepted" || what === "log attempted";
}

export function stepOf(happened: Followed, numbers: NumberHash): TrailStep {
  if (happened.what === "number looked up") {
    const { at, userId, what, number, ...facts } = happened;
    const identity = { numberHash: numbers.of(number), sourceKey: undefined, entryId: undefined };
    return { at, userId, what, ...identity, facts: { number, ...facts } };
  }
  const { at, userId, what, sourceKey, entryId, ...facts } = happened;
  const number = happened.what === "log accepted" ? happened.number : undefined;
  const numberHash = number === undefined ? undefined : numbers.of(number);
  return { at, userId, what, numberHash, sourceKey, entryId, facts };
}
