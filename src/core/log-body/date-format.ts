/** An instant written in the user's own pattern and time zone. */

/**
 * Patterns are the moment-style ones that App Connect stores in `logDateFormat`: YYYY YY MMMM MMM MM M DD D dddd ddd HH H hh h
 * mm m ss s A a Z and `[literal]`; other characters stand for themselves. Month and day names are English. `zone` is an IANA
 * name or an offset such as "+08:00"; a zone that does not exist is read as UTC, because a log is worth more than its zone.
 */
export function formatDate(at: number, pattern: string, zone: string, calendarOf: CalendarOf = calendar): string {
  // Beyond this there are no dates (ECMA-262, "Time Values and Time Range").
  if (!(Math.abs(at) <= 8.64e15)) return "";
  const { offsetAt } = calendarOf(zone);
  const offset = offsetAt(at);
  const local = new Date(at + offset * MINUTE_MS);
  return pattern.replace(TOKEN, (token, literal: string | undefined) => literal ?? valueOf(token, local, offset));
}

/** What there is to know of a time zone. */
export interface Calendar {
  /** Minutes ahead of UTC. */
  offsetAt(at: number): number;
}

export type CalendarOf = (zone: string) => Calendar;

/** A company's people are in a few zones; the names come from CRMs, so that their number is limited. */
const CALENDARS_KEPT = 64;
const MINUTE_MS = 60 * 1000;
/** Clocks are changed at such moments only, so that an offset holds from one to the next (the tz database, since 1972). */
const QUARTER_MS = 15 * MINUTE_MS;

/** Keeps each zone's calendar for the next date: making one takes twenty times as long as asking it, and asking it fifty times as long as a date. */
export function createCalendars(): CalendarOf {
  const kept = new Map<string, Calendar>();
  return (zone) => {
    const present = kept.get(zone) ?? calendar(zone);
    if (kept.size >= CALENDARS_KEPT) kept.clear();
    kept.set(zone, present);
    return present;
  };
}

function calendar(zone: string): Calendar {
  const inZone = offsetFormat(zone);
  let quarter = Number.NaN;
  let offset = 0;
  return {
    offsetAt(at) {
      const asked = Math.floor(at / QUARTER_MS);
      if (asked !== quarter) {
        offset = offsetIn(inZone.format(at));
        quarter = asked;
      }
      return offset;
    },
  };
}

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch {
    return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", timeZoneName: "longOffset" });
  }
}

/** From "9/3/2026, GMT-04:00"; "GMT" alone is no offset. Before there were zones, places had seconds as well. */
function offsetIn(text: string): number {
  const [, sign, hours, minutes, seconds = "0"] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
  return sign === "-" ? -size : size;
}

const TOKEN = /\[([^\]]*)\]|YYYY|YY|M{1,4}|D{1,2}|d{3,4}|H{1,2}|h{1,2}|mm?|ss?|A|a|Z/g;

function valueOf(token: string, local: Date, offset: number): string {
  switch (token) {
    case "YYYY":
      return String(local.getUTCFullYear());
    case "YY":
      return String(local.getUTCFullYear()).slice(-2);
    case "MMMM":
      return nameOf(MONTHS, local.getUTCMonth());
    case "MMM":
      return nameOf(MONTHS, local.getUTCMonth()).slice(0, 3);
    case "MM":
      return twoDigits(local.getUTCMonth() + 1);
    case "M":
      return String(local.getUTCMonth() + 1);
    case "DD":
      return twoDigits(local.getUTCDate());
    case "D":
      return String(local.getUTCDate());
    case "dddd":
      return nameOf(DAYS, local.getUTCDay());
    case "ddd":
      return nameOf(DAYS, local.getUTCDay()).slice(0, 3);
    case "HH":
      return twoDigits(local.getUTCHours());
    case "H":
      return String(local.getUTCHours());
    case "hh":
      return twoDigits(onTheDial(local));
    case "h":
      return String(onTheDial(local));
    case "A":
      return local.getUTCHours() < 12 ? "AM" : "PM";
    case "a":
      return local.getUTCHours() < 12 ? "am" : "pm";
    case "mm":
      return twoDigits(local.getUTCMinutes());
    case "m":
      return String(local.getUTCMinutes());
    case "ss":
      return twoDigits(local.getUTCSeconds());
    case "s":
      return String(local.getUTCSeconds());
    case "Z":
      return `${offset < 0 ? "-" : "+"}${twoDigits(Math.floor(Math.abs(offset) / 60))}:${twoDigits(Math.floor(Math.abs(offset) % 60))}`;
    default:
      return token;
  }
}

function onTheDial(local: Date): number {
  return local.getUTCHours() % 12 || 12;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function nameOf(names: readonly string[], at: number): string {
  return names[at] ?? "";
}

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
