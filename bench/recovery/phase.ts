/** A stretch of the measurement: memory is sampled and people look up callers while something goes on. */

import type { Client } from "./client.ts";
import type { LimitedCrm } from "./limited-crm.ts";
import type { MeasuredServer } from "./server.ts";

export interface Phase {
  name: string;
  seconds: number;
  memory: { first: number; least: number; most: number };
  /** Requests per second that the CRM answered, and how many it turned away. */
  crmRate: number;
  turnedAway: number;
  /** Of each person, in milliseconds; those that stayed unknown are counted apart. */
  lookUps: { p50: number; p99: number; count: number; unknown: number }[];
}

const LOOK_UP_EVERY_MS = 250;

export interface Measured {
  server: MeasuredServer;
  crm: LimitedCrm;
  people: readonly Client[];
}

export async function measure(
  name: string,
  { server, crm, people }: Measured,
  goOn: () => Promise<unknown>,
): Promise<Phase> {
  const began = performance.now();
  const before = { ...crm.traffic };
  const samples = [server.memory()];
  const times = people.map((): number[] => []);
  const unknown = people.map(() => 0);
  const looking: Promise<void>[] = [];
  const timer = setInterval(() => {
    samples.push(server.memory());
    people.forEach((person, at) => {
      const look = person.lookUp().then(({ ms, isKnown }) => {
        if (isKnown) times[at]?.push(ms);
        else unknown[at] = (unknown[at] ?? 0) + 1;
        return undefined;
      });
      looking.push(look);
    });
  }, LOOK_UP_EVERY_MS);
  try {
    await goOn();
  } finally {
    clearInterval(timer);
  }
  await Promise.all(looking);
  const seconds = (performance.now() - began) / 1_000;
  return {
    name,
    seconds,
    memory: { first: samples[0] ?? 0, least: Math.min(...samples), most: Math.max(...samples) },
    crmRate: (crm.traffic.passed - before.passed) / seconds,
    turnedAway: crm.traffic.turnedAway - before.turnedAway,
    lookUps: times.map((ofOne, at) => ({
      p50: percentile(ofOne, 0.5),
      p99: percentile(ofOne, 0.99),
      count: ofOne.length,
      unknown: unknown[at] ?? 0,
    })),
  };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
