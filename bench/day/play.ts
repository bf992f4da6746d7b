/** Plays the day to one contestant, waits until nothing moves any more, and hands out what everybody saw. */

import { type Told, playCall } from "./call-story.ts";
import { loginsOf } from "./companies.ts";
import { type Name, startContestant } from "./contestants.ts";
import { type CrmFigures, type DayCrm, startDayCrm } from "./crm.ts";
import type { Call } from "./hours.ts";
import { createPhone } from "./phone.ts";
import { storedBytes } from "./storage.ts";

export interface Played {
  name: Name;
  told: Told[];
  crm: CrmFigures;
  /** Milliseconds of the wall's clock that the calls took, and the server's processor time in them. */
  ms: number;
  processorMs: number;
  memoryMiB: number;
  /** By which the database grew. */
  bytes: number;
}

export interface DayPlan {
  calls: readonly Call[];
  agents: number;
  /** How many times faster than on the wall the day passes. */
  speed: number;
  crmLatencyMs: number;
  progress(done: number): void;
}

/** The day is over when the CRM has not been written to for this long, in milliseconds of the day. */
const QUIET_MS = 15 * 60_000;
const AT_MOST_MS = 4 * 60 * 60_000;
const LOOK_EVERY_MS = 1_000;
/** Longer waits would be one millisecond for Node. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export async function playDay(name: Name, plan: DayPlan): Promise<Played> {
  const { calls, agents, speed, crmLatencyMs, progress } = plan;
  const crm = await startDayCrm({ speed, latencyMs: crmLatencyMs });
  const server = await startContestant(name, { crmUrl: crm.url, logins: loginsOf(agents), speed });
  const phone = createPhone(server.port, server.tokens);
  try {
    const bytesBefore = await storedBytes(server.database);
    server.hurry();
    const processorBefore = server.processorMs();
    const began = performance.now();
    const until = (dayMs: number) => {
      const ms = dayMs / speed - (performance.now() - began);
      return new Promise<void>((resolve) => setTimeout(resolve, Math.min(LONGEST_TIMER_MS, Math.max(0, ms))));
    };
    const scene = { phone, until, shown: new Map<number, string[]>() };
    const playing: Promise<Told>[] = [];
    let done = 0;
    const ended = () => progress((done += 1));
    for (const call of calls) {
      await until(call.ringsAt);
      const story = playCall(call, scene);
      story.then(ended, ended);
      playing.push(story);
    }
    const told = await Promise.all(playing);
    const ms = performance.now() - began;
    const processorMs = server.processorMs() - processorBefore;
    await quiet(crm, speed);
    return {
      name,
      told,
      crm: await crm.figures(),
      ms,
      processorMs,
      memoryMiB: server.memory(),
      bytes: (await storedBytes(server.database)) - bytesBefore,
    };
  } finally {
    await phone.close();
    await server.stop();
    crm.stop();
  }
}

/** What was accepted may still be on its way. */
async function quiet(crm: DayCrm, speed: number): Promise<void> {
  const giveUpAt = performance.now() + AT_MOST_MS / speed;
  let { writes } = await crm.figures();
  let since = performance.now();
  while (performance.now() < Math.min(giveUpAt, since + QUIET_MS / speed)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = (await crm.figures()).writes;
    if (now !== writes) since = performance.now();
    writes = now;
  }
}
