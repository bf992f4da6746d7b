/** The time that a report is about, as clients name it: two moments, and the zone in which those without an offset are meant. */

import { whereTheyAre } from "../../core/calendar-days.ts";
import { badInput } from "../../sdk/errors.ts";
import { momentFrom } from "./moment.ts";

interface RangeQuery {
  timeFrom?: string | undefined;
  timeTo?: string | undefined;
  timezone?: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A day, or a time of day, without an offset from UTC. */
const LOCAL = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;
/** The plus of an offset that was not encoded in a query. */
const LOST_PLUS = /(T[\d:.]+) (\d\d:?\d\d)$/;

/** Epoch milliseconds, from and up to. The last 24 hours unless said otherwise, as far back from `timeTo` as that. */
export function rangeFrom(query: RangeQuery, now: number): { from: number; to: number } {
  const zone = zoneNamed(said(query.timezone) ?? "UTC");
  const to = momentIn("timeTo", said(query.timeTo), zone) ?? now;
  return { from: momentIn("timeFrom", said(query.timeFrom), zone) ?? to - DAY_MS, to };
}

/** The client writes "undefined" for what it does not know. */
export function said(value: string | undefined): string | undefined {
  return value === undefined || value === "" || value === "undefined" || value === "null" ? undefined : value;
}

function zoneNamed(name: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw badInput("timezone", "must be the name of a time zone, such as Europe/Berlin");
  }
}

function momentIn(field: string, text: string | undefined, zone: string): number | undefined {
  if (text === undefined || !LOCAL.test(text)) return momentFrom(field, text?.replace(LOST_PLUS, "$1+$2"));
  const shownInUtc = momentFrom(field, `${text}${text.includes("T") ? "" : "T00:00"}Z`);
  return shownInUtc === undefined ? undefined : whereTheyAre(shownInUtc, zone);
}
