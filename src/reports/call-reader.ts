/** Reads call logs for reports: page by page within RingCentral's limits, on in the background, and each call once for all reports of a while. */

import type { CallLog, CallLogScope } from "../ringcentral/call-log.ts";
import { asTrunklineError, badInput, TrunklineError } from "../sdk/errors.ts";
import {
  callsIn,
  isFresh,
  type KeptCalls,
  nothingKept,
  reaches,
  readAgain,
  readFurther,
  settledUpTo,
  type TimeRange,
} from "./kept-calls.ts";
import { type ReportedCall, reportedCall } from "./reported-call.ts";

/** RingCentral allows ten pages a minute for each user: half of them are left to logging without a browser. */
const PAGES_AT_ONCE = 5;
const MINUTE_MS = 60 * 1000;
/** Whoever asks is answered within this; what is still missing then is read all the same. */
const PATIENCE_MS = 15 * 1000;
/** A reading for which nobody has asked again ends. */
const WANTED_MS = 3 * MINUTE_MS;
/** What nobody has asked for since is forgotten. */
const KEPT_MS = 15 * MINUTE_MS;
/** A call takes some hundred bytes. */
const MOST_CALLS = 50_000;
const MOST_CALLS_KEPT = 3 * MOST_CALLS;

export interface CallSource {
  /** Who reads: RingCentral limits them, and nobody is shown what another was allowed to see. */
  reader: string;
  log: CallLog;
  scope: CallLogScope;
}

export interface CallsRead {
  calls: readonly ReportedCall[];
  /** Epoch milliseconds. */
  asOf: number;
  /** Why it is not newer. */
  problem: TrunklineError | undefined;
}

export interface CallReader {
  /** Throws `ringcentral-rate-limited` while not all of the range is read, and what went wrong where nothing can be told. */
  read(source: CallSource, range: TimeRange): Promise<CallsRead>;
  close(): void;
}

export interface CallReaderOptions {
  now?: () => number;
  /** Resolves after so many milliseconds; rejects once it is called off. */
  pause(milliseconds: number, off: AbortSignal): Promise<void>;
  patienceMs?: number;
  /** Of one report. */
  mostCalls?: number;
}

interface Log {
  kept: KeptCalls;
  /** How far back somebody wants it. */
  wantedFrom: number;
  askedAt: number;
  /** Ends with what went wrong, or with undefined. */
  reading: Promise<TrunklineError | undefined> | undefined;
}

export function createCallReader(options: CallReaderOptions): CallReader {
  const { pause, now = Date.now, patienceMs = PATIENCE_MS, mostCalls = MOST_CALLS } = options;
  const closing = new AbortController();
  const logs = new Map<string, Log>();
  /** When pages were asked for, by who reads. */
  const turns = new Map<string, number[]>();

  async function takeTurn(reader: string): Promise<void> {
    const recent = (turns.get(reader) ?? []).filter((at) => at + MINUTE_MS > now());
    const [first] = recent;
    if (first !== undefined && recent.length >= PAGES_AT_ONCE) {
      await pause(first + MINUTE_MS - now(), closing.signal);
      return takeTurn(reader);
    }
    turns.set(reader, [...recent, now()]);
  }

  /** The newest of a range, and down to where they reach. Waits for as long as RingCentral wants us to. */
  async function page({ log, reader, scope }: CallSource, { from, to }: TimeRange, wanted: () => boolean) {
    for (;;) {
      await takeTurn(reader);
      try {
        const { hasMore, records } = await log.newestCalls(scope, from, to);
        const oldest = records.at(-1)?.startTime;
        // Further ones may have begun in the same moment as the last; where all have, the moment is left behind.
        const downTo = hasMore && oldest !== undefined ? Math.min(oldest, to - 1) : from;
        return { calls: records.flatMap((record) => reportedCall(record) ?? []), downTo: Math.max(downTo, from) };
      } catch (thrown) {
        const failure = asTrunklineError(thrown);
        if (failure.code !== "ringcentral-rate-limited" || !wanted()) throw failure;
        await pause(failure.facts.retryAfterMs ?? MINUTE_MS, closing.signal);
      }
    }
  }

  async function bringUpToDate(source: CallSource, { kept }: Log, wanted: () => boolean): Promise<void> {
    const asOf = now();
    const since = settledUpTo(kept);
    const calls: ReportedCall[] = [];
    for (let to = asOf; to > since && wanted();) {
      const next = await page(source, { from: since, to }, wanted);
      calls.push(...next.calls);
      to = next.downTo;
      if (to <= since) readAgain(kept, since, asOf, calls);
    }
  }

  async function fill(source: CallSource, log: Log): Promise<void> {
    const { kept } = log;
    const wanted = () => log.askedAt + WANTED_MS > now();
    if (!isFresh(kept, now())) await bringUpToDate(source, log, wanted);
    while (kept.from > log.wantedFrom && wanted()) {
      if (kept.calls.size >= mostCalls) {
        throw badInput("timeFrom and timeTo", `span more than ${mostCalls} calls: choose a shorter time`);
      }
      const { calls, downTo } = await page(source, { from: log.wantedFrom, to: kept.from }, wanted);
      readFurther(kept, downTo, calls);
    }
  }

  function logFor({ reader, scope }: CallSource, range: TimeRange): Log {
    const key = JSON.stringify([reader, scope]);
    const own = [...logs].filter(([name]) => name.startsWith(`${key} `)).map(([, log]) => log);
    const present = own.find(({ kept }) => reaches(kept, range));
    if (present !== undefined) return present;
    const kept = nothingKept(range, now());
    // Time that is over is kept by itself: nobody waits for all that came after it.
    const name = `${key} ${kept.isOver ? range.to : ""}`;
    const growing = logs.get(name);
    if (growing !== undefined) return growing;
    const log = { kept, wantedFrom: kept.from, askedAt: now(), reading: undefined };
    logs.set(name, log);
    return log;
  }

  function forgetWhatIsOld(): void {
    const idle = [...logs].filter(([, { reading }]) => reading === undefined);
    let size = [...logs.values()].reduce((sum, { kept }) => sum + kept.calls.size, 0);
    for (const [name, { askedAt, kept }] of idle.toSorted(([, one], [, other]) => one.askedAt - other.askedAt)) {
      if (askedAt + KEPT_MS > now() && size <= MOST_CALLS_KEPT) continue;
      logs.delete(name);
      size -= kept.calls.size;
    }
    for (const [reader, at] of turns) if (at.every((one) => one + MINUTE_MS <= now())) turns.delete(reader);
  }

  /** Until the work is done, or nobody waits any longer. */
  async function patiently(work: Promise<TrunklineError | undefined>): Promise<TrunklineError | undefined> {
    const done = new AbortController();
    const enough = pause(patienceMs, AbortSignal.any([closing.signal, done.signal])).then(
      () => tooSlow("It is being brought up to date."),
      asTrunklineError,
    );
    try {
      return await Promise.race([work, enough]);
    } finally {
      done.abort();
    }
  }

  return {
    async read(source, range) {
      forgetWhatIsOld();
      const log = logFor(source, range);
      const { kept } = log;
      log.askedAt = now();
      log.wantedFrom = log.reading === undefined ? range.from : Math.min(log.wantedFrom, range.from);
      let problem: TrunklineError | undefined;
      if (!reaches(kept, range) || !isFresh(kept, now())) {
        log.reading ??= fill(source, log)
          .then(() => undefined, asTrunklineError)
          .finally(() => (log.reading = undefined));
        problem = await patiently(log.reading);
      }
      // Somebody else may have asked for too much meanwhile.
      if (problem?.code === "bad-input" && reaches(kept, range)) problem = undefined;
      // Whoever may not read any more, or never might, is not shown what is kept.
      if (problem?.retry === "never" || problem?.code === "unforeseen") throw problem;
      if (reaches(kept, range)) return { calls: callsIn(kept, range), asOf: kept.asOf, problem };
      throw stillReading(kept, problem);
    },

    close: () => closing.abort(),
  };
}

function stillReading({ asOf, calls, from }: KeptCalls, problem: TrunklineError | undefined): TrunklineError {
  if (problem !== undefined && problem.code !== "ringcentral-rate-limited") return problem;
  const reached = from < asOf ? `back to ${new Date(from).toISOString()} so far` : "none of them so far";
  return tooSlow(
    `RingCentral hands out calls a few at a time: ${calls.size} have been read, ${reached}, and the others follow.`,
  );
}

function tooSlow(sentence: string): TrunklineError {
  return new TrunklineError("ringcentral-rate-limited", sentence, { retryAfterMs: MINUTE_MS / 2 });
}
