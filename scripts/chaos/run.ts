/** One chaos run: people log calls and messages, everything that can break breaks, and then the CRM is held against what was accepted. */

import { setTimeout as wait } from "node:timers/promises";
import { audit, type Findings } from "./audit.ts";
import { playCall } from "./call-story.ts";
import { playConversation } from "./conversation-story.ts";
import type { ChaosDatabase } from "./databases.ts";
import { startDemoCrm } from "./demo-crm.ts";
import { type Fleet, startFleet } from "./fleet.ts";
import { createPhoneBook } from "./phone.ts";
import { createPrograms, type Programs } from "./programs.ts";
import { createRandom, type Random } from "./random.ts";
import { acceptedIn, type Sent } from "./sent.ts";
import { makeWeather } from "./weather.ts";

export interface ChaosPlan {
  seed: number;
  calls: number;
  conversations: number;
  kills: number;
  /** Stories that are played side by side. */
  people: number;
  longestDelayMs: number;
  /** Faults are switched on and off for this long, and not longer than people log. */
  stormMs: number;
  /** The run is given up after this long. */
  stopAfterMs: number;
}

export interface ChaosOutcome extends Findings {
  database: ChaosDatabase["name"];
  sent: number;
  accepted: number;
  inCrm: number;
  /** Answers that nobody should get, and servers that died by themselves. */
  strange: string[];
  kills: number;
  unanswered: number;
  faultsMet: number;
  faultKinds: { met: number; all: number };
  backEndsTerminated: number;
  /** Of one core, while people logged: all servers together. */
  processorPercent: number;
  /** From clear skies to nothing owed. */
  recoverySeconds: number;
  seconds: number;
}

export interface Progress {
  done: number;
  total: number;
  kills: number;
  faultsMet: number;
}

/** Everything must be in the CRM this long after the CRM and a server are back. */
const RECOVERED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** Throws where the run cannot be finished in its time. */
export async function runChaos(
  plan: ChaosPlan,
  place: { folder: string; database: ChaosDatabase; interrupted?: AbortSignal },
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<ChaosOutcome> {
  const programs = createPrograms(place.folder);
  const closing = new AbortController();
  const hardStop = setTimeout(
    () => closing.abort(new Error(`The run was not finished within ${plan.stopAfterMs / 1000} seconds.`)),
    plan.stopAfterMs,
  );
  place.interrupted?.addEventListener("abort", () => closing.abort(new Error("Interrupted.")), { once: true });
  try {
    return await untilAborted(closing.signal, play(plan, place.database, { programs, closing, onProgress }));
  } finally {
    clearTimeout(hardStop);
    closing.abort(new Error("The run is over."));
    await programs.killAll();
  }
}

interface Stage {
  programs: Programs;
  closing: AbortController;
  onProgress: (progress: Progress) => void;
}

async function play(plan: ChaosPlan, database: ChaosDatabase, stage: Stage): Promise<ChaosOutcome> {
  const { signal } = stage.closing;
  const startedAt = Date.now();
  const crm = await startDemoCrm(stage.programs);
  const environment = { ...database.environment, PORT: "0", DEMO_CRM: "off", DEMO_API_URL: crm.url, LOG_LEVEL: "warn" };
  const fleet = startFleet(stage.programs, { replicas: database.replicas, environment }, signal);
  const phones = createPhoneBook(fleet, signal);
  const [ann, ben] = [await phones.logIn("demo-key"), await phones.logIn("demo-key-2")];

  const sent: Sent = { calls: [], conversations: [] };
  const scene = (stream: string, phone = ann) => ({ phone, crm, signal, random: createRandom(plan.seed, stream) });
  const stories = createRandom(plan.seed, "order").shuffled([
    ...numbers(plan.calls).map(
      (number) => () => playCall(number, sent.calls, scene(`call ${number}`, number % 2 === 0 ? ann : ben)),
    ),
    ...numbers(plan.conversations).map(
      (number) => () => playConversation(number, sent.conversations, scene(`conversation ${number}`)),
    ),
  ]);

  const calm = new AbortController();
  const weather = makeWeather(crm, { ...plan, random: createRandom(plan.seed, "weather") });
  const tearing = tearConnections(
    database,
    createRandom(plan.seed, "back ends"),
    AbortSignal.any([calm.signal, signal]),
  );
  const loggingFrom = performance.now();
  const killer = createKiller(plan, stories.length, fleet, signal);
  let done = 0;
  await sideBySide(stories, plan.people, async (story) => {
    await story();
    done += 1;
    await killer.after(done);
    stage.onProgress({ done, total: stories.length, kills: fleet.kills(), faultsMet: weather.met() });
  });

  const processorPercent = (100 * fleet.processorMs()) / (performance.now() - loggingFrom);
  await weather.clear();
  calm.abort();
  const backEndsTerminated = await tearing;
  await fleet.url(signal);
  const clearAt = Date.now();
  const owed = await settled(database, signal);
  const recoverySeconds = (Date.now() - clearAt) / 1_000;
  // A creation that the CRM is still working at would be a double that comes late.
  await wait(plan.longestDelayMs, undefined, { signal });
  const records = await crm.records();
  const findings = audit(sent, records);
  const strange = [...phones.strange(), ...numbers(fleet.crashes()).map(() => "A server died by itself.")];
  if (owed > 0) findings.lost.push(`${owed} entries were not settled within ${RECOVERED_WITHIN_MS / 1_000} seconds`);
  return {
    ...findings,
    database: database.name,
    sent: stories.length,
    accepted: acceptedIn(sent),
    inCrm: records.length,
    strange,
    kills: fleet.kills(),
    unanswered: phones.unanswered(),
    faultsMet: weather.met(),
    faultKinds: weather.kindsMet(),
    backEndsTerminated,
    processorPercent,
    recoverySeconds,
    seconds: (Date.now() - startedAt) / 1_000,
  };
}

/** Kills when a story ends whose number was drawn, a moment later, so that no place in a request is safe. */
function createKiller({ seed, kills }: ChaosPlan, total: number, fleet: Fleet, signal: AbortSignal) {
  const random = createRandom(seed, "kills");
  const moments = numbers(kills).map(() => random.between(1, Math.max(1, Math.floor(total * 0.95))));
  return {
    async after(done: number): Promise<void> {
      for (const moment of moments) {
        if (moment !== done) continue;
        await wait(random.between(0, 300), undefined, { signal });
        while (!fleet.kill(random)) await wait(LOOK_EVERY_MS, undefined, { signal });
      }
    },
  };
}

async function tearConnections(database: ChaosDatabase, random: Random, calm: AbortSignal): Promise<number> {
  let terminated = 0;
  while (!calm.aborted) {
    await wait(random.between(500, 3_000), undefined, { signal: calm }).catch(() => undefined);
    if (!calm.aborted) terminated += await database.terminateBackEnds(random);
  }
  return terminated;
}

/** Answers how many entries are still owed when the time is over. */
async function settled(database: ChaosDatabase, signal: AbortSignal): Promise<number> {
  const deadline = Date.now() + RECOVERED_WITHIN_MS;
  for (;;) {
    const owed = await database.unsettled();
    if (owed === 0 || Date.now() > deadline) return owed;
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function sideBySide<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    numbers(lanes).map(async () => {
      for (const item of left) await work(item);
    }),
  );
}

function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener(
      "abort",
      () => reject(signal.reason instanceof Error ? signal.reason : new Error("Aborted.")),
      { once: true },
    );
  });
  return Promise.race([work, aborted]);
}

/** 1, 2, 3 … */
function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}
