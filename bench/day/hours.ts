/** A day in a call centre, told as times: how many calls which hour has, and what becomes of each of them when. */

import { createRandom, type Random } from "../../scripts/chaos/random.ts";
import { companyOf, loginOf } from "./companies.ts";

/** Calls that an agent takes on such a day. */
export const CALLS_PER_AGENT = 40;
const FIRST_HOUR = 8;
/**
 * Percent of the day's calls in each hour from eight in the morning: the busy hour before noon, lunch, a second and lower peak,
 * a thin evening. The curve is ours; no vendor's figures stand behind it.
 */
const PERCENT_BY_HOUR = [6, 11, 13, 12, 7, 8, 11, 11, 9, 6, 4, 2];
export const WHOLE_DAY = { from: FIRST_HOUR, to: FIRST_HOUR + PERCENT_BY_HOUR.length };

/** So often the caller has rung this company before on the same day. */
const RINGS_AGAIN = 0.2;
const GETS_DISPOSITION = 0.4;
const GETS_TEXT = 0.2;
const MEAN_TALK_MS = 240_000;
const SECOND = 1_000;
const HOUR_MS = 3_600_000;

/** All times in milliseconds of the day's clock, from its first moment on. */
export interface Call {
  number: string;
  agent: number;
  login: number;
  caller: string;
  ringsAt: number;
  endsAt: number;
  loggedAt: number;
  recordingAt: number;
  aiNoteAt: number;
  dispositionAt: number | undefined;
  textAt: number | undefined;
}

export interface Hours {
  from: number;
  to: number;
}

/** The same seed is the same day, whoever is to serve it. */
export function callsOf(agents: number, hours: Hours, seed: number): Call[] {
  const random = createRandom(seed, "day");
  const rings = PERCENT_BY_HOUR.flatMap((percent, at) => {
    const begins = Math.max(hours.from, FIRST_HOUR + at);
    const span = Math.min(hours.to, FIRST_HOUR + at + 1) - begins;
    const calls = Math.round((agents * CALLS_PER_AGENT * percent * Math.max(0, span)) / 100);
    return Array.from({ length: calls }, () => Math.round((begins - hours.from + part(random) * span) * HOUR_MS));
  });
  const callers = new Map<number, string[]>();
  return rings
    .toSorted((one, other) => one - other)
    .map((ringsAt, at) => {
      const agent = random.between(0, agents - 1);
      const known = callers.get(companyOf(agent)) ?? [];
      callers.set(companyOf(agent), known);
      const [first, ...others] = known.slice(-LATELY);
      const again = first !== undefined && random.chance(RINGS_AGAIN);
      const caller = again ? random.pick([first, ...others]) : `+1650${FIRST_CALLER + at}`;
      if (!again) known.push(caller);
      return { number: String(at).padStart(6, "0"), agent, login: loginOf(agent), caller, ...timesOf(ringsAt, random) };
    });
}

/** Numbers that the numbering plan knows. */
const FIRST_CALLER = 2_000_000;
/** Who rings again has rung lately. */
const LATELY = 500;

function timesOf(ringsAt: number, random: Random) {
  const after = (from: number, least: number, most: number) => from + random.between(least * SECOND, most * SECOND);
  const endsAt = Math.round(ringsAt + 20 * SECOND - Math.log(1 - part(random)) * MEAN_TALK_MS);
  const loggedAt = after(endsAt, 5, 45);
  return {
    ringsAt,
    endsAt,
    loggedAt,
    recordingAt: after(loggedAt, 30, 150),
    aiNoteAt: after(loggedAt, 160, 420),
    dispositionAt: random.chance(GETS_DISPOSITION) ? after(loggedAt, 10, 90) : undefined,
    textAt: random.chance(GETS_TEXT) ? after(loggedAt, 60, 600) : undefined,
  };
}

/** From 0 up to, but not including, 1. */
function part(random: Random): number {
  return random.between(0, 999_999) / 1_000_000;
}
