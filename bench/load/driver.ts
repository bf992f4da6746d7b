/** The load generator, a process of its own: raw sockets, so that as little as possible of the machine goes into asking. */

import { createHistogram } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { type Lane, openLane } from "./lane.ts";
import { type LoadOutcome, type LoadPlan, MARK, NUMBER_DIGITS } from "./plan.ts";

/** Requests of a lane that are drawn from a given number of them are written once and sent again and again. */
const WRITTEN_AHEAD = 64;
const MICROSECONDS = 1_000;

process.on("message", (plan: LoadPlan) => {
  drive(plan).then(
    (outcome) => process.send?.(outcome),
    (thrown: unknown) => process.send?.({ failure: String(thrown) }),
  );
});
process.once("disconnect", () => process.exit(0));

async function drive(plan: LoadPlan): Promise<LoadOutcome> {
  const lanes = await Promise.all(plan.requests.map(() => openLane(plan.port)));
  const histogram = createHistogram();
  const numbers = { next: plan.numbers.from };
  const counted = { sent: 0, answered: 0 };
  const writers = plan.requests.map((request) => writer(request, plan.numbers, numbers));
  try {
    const warmUntil = performance.now() + plan.warmUpMs;
    await eachLane(lanes, writers, plan.spreadMs, (write) =>
      performance.now() < warmUntil ? sent(write()) : undefined,
    );
    const from = performance.now();
    const until = from + plan.forMs;
    let left = plan.atMost ?? Infinity;
    let last = from;
    await eachLane(
      lanes,
      writers,
      plan.spreadMs,
      (write) => (performance.now() < until && (left -= 1) >= 0 ? sent(write()) : undefined),
      (milliseconds) => {
        last = performance.now();
        counted.answered += 1;
        histogram.record(Math.max(1, Math.round(milliseconds * MICROSECONDS)));
      },
    );
    return {
      requests: counted.answered,
      seconds: (last - from) / 1_000,
      p50: histogram.percentile(50) / MICROSECONDS,
      p99: histogram.percentile(99) / MICROSECONDS,
      nextNumber: numbers.next,
      sent: counted.sent,
    };
  } finally {
    for (const lane of lanes) lane.close();
  }

  function sent(request: string): string {
    counted.sent += 1;
    return request;
  }
}

async function eachLane(
  lanes: readonly Lane[],
  writers: readonly (() => string)[],
  spreadMs: number | undefined,
  next: (write: () => string) => string | undefined,
  answered: (milliseconds: number) => void = () => undefined,
): Promise<void> {
  await Promise.all(
    lanes.map(async (lane, at) => {
      const write = writers[at];
      if (spreadMs !== undefined) await wait((spreadMs * at) / lanes.length);
      if (write !== undefined) await lane.run(() => next(write), answered);
    }),
  );
}

function writer(request: string, { from, among }: LoadPlan["numbers"], numbers: { next: number }): () => string {
  const parts = request.split(MARK);
  const padded = (value: number) => String(value).padStart(NUMBER_DIGITS, "0");
  if (among === undefined) return () => parts.join(padded(numbers.next++));
  const drawn = () => padded(from + Math.floor(Math.random() * among));
  const ahead = Array.from({ length: WRITTEN_AHEAD }, () => parts.reduce((text, part) => text + drawn() + part));
  let at = 0;
  return () => ahead[(at += 1) % WRITTEN_AHEAD] ?? request;
}
