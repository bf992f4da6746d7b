/** The last day's calls and messages by what became of them, read an hour at a time so that nobody waits for it. */

import type { LogEntryFigures, LogsOfSpan } from "../../store/log-entry-figures.ts";

const HOUR_MS = 60 * 60 * 1000;
/** Fits every time zone: the page puts them together to its own hours. */
const SPAN_MS = 15 * 60 * 1000;
/** Of one hour; more than a thousand people's. */
const LIMIT = 50_000;
/** Hours that are over change little: what waited is written, what was refused is asked for again. */
const RECENT_MS = 2 * HOUR_MS;
const KEEP_MS = 5 * 60 * 1000;

export type LogOutcomeOfSpan = Pick<LogsOfSpan, "span" | "kind" | "entries"> & {
  outcome: "written" | "waiting" | "uncertain" | "refused" | "dropped";
};

export interface DayOfLogs {
  read(now: number): Promise<LogOutcomeOfSpan[]>;
}

export function createDayOfLogs({ figures }: { figures: LogEntryFigures }): DayOfLogs {
  const kept = new Map<number, { readAt: number; logs: LogOutcomeOfSpan[] }>();

  async function hour(from: number, now: number): Promise<LogOutcomeOfSpan[]> {
    const known = kept.get(from);
    const isRecent = from + HOUR_MS > now - RECENT_MS;
    if (known !== undefined && !isRecent && known.readAt + KEEP_MS > now) return known.logs;
    const logs = (await figures.accepted(from, from + HOUR_MS, SPAN_MS, LIMIT)).map(withOutcome);
    kept.set(from, { readAt: now, logs });
    return logs;
  }

  return {
    async read(now) {
      const last = now - (now % HOUR_MS);
      const hours = Array.from({ length: 25 }, (_, at) => last - (24 - at) * HOUR_MS);
      for (const from of kept.keys()) if (!hours.includes(from)) kept.delete(from);
      const day: LogOutcomeOfSpan[] = [];
      for (const from of hours) day.push(...(await hour(from, now)));
      return day;
    },
  };
}

function withOutcome({ span, kind, entries, state, isDropped }: LogsOfSpan): LogOutcomeOfSpan {
  const outcome = isDropped ? "dropped" : state === "pending" || state === "sending" ? "waiting" : state;
  return { span, kind, entries, outcome };
}
