/** An instant written in the user's own pattern and time zone. */

/**
 * Patterns are the moment-style ones that App Connect stores in `logDateFormat`: YYYY YY MMMM MMM MM M DD D dddd ddd HH H hh h
 * mm m ss s A a Z and `[literal]`; other characters stand for themselves. Month and day names are English. `zone` is an IANA
 * name or an offset such as "+08:00"; a zone that does not exist is read as UTC, because a log is worth more than its zone.
 */
export function formatDate(at: number, pattern: string, zone: string, calendarOf: CalendarOf = calendar): string {
  if (!Number.isFinite(at)) return "";
  const tokens = tokensOf(at, calendarOf(zone));
  return pattern.replace(TOKEN, (token, literal: string | undefined) => literal ?? tokens[token] ?? token);
}

/** The calendar of a zone: making one takes twenty times as long as writing a date with it. */
export type CalendarOf = (zone: string) => Intl.DateTimeFormat;

/** A company's people are in a few zones; the names come from CRMs, so that their number is limited. */
const CALENDARS_KEPT = 64;

/** Keeps each zone's calendar for the next date. */
export function createCalendars(): CalendarOf {
  const kept = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    const present = kept.get(zone) ?? calendar(zone);
    if (kept.size >= CALENDARS_KEPT) kept.clear();
    kept.set(zone, present);
    return present;
  };
}

const TOKEN = /\[([^\]]*)\]|YYYY|YY|M{1,4}|D{1,2}|d{3,4}|H{1,2}|h{1,2}|mm?|ss?|A|a|Z/g;

function tokensOf(at: number, inZone: Intl.DateTimeFormat): Record<string, string> {
  const part = new Map(inZone.formatToParts(at).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? "";
  const [year, month, day, hour] = [of("year"), of("month"), of("day"), of("hour")];
  const monthNumber = String(MONTHS.indexOf(month) + 1);
  const noon = Number(hour) < 12 ? "AM" : "PM";
  const twelve = String(Number(hour) % 12 || 12);
  return {
    YYYY: year,
    YY: year.slice(-2),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: monthNumber.padStart(2, "0"),
    M: monthNumber,
    DD: day,
    D: String(Number(day)),
    dddd: of("weekday"),
    ddd: of("weekday").slice(0, 3),
    HH: hour,
    H: String(Number(hour)),
    hh: twelve.padStart(2, "0"),
    h: twelve,
    A: noon,
    a: noon.toLowerCase(),
    mm: of("minute"),
    m: String(Number(of("minute"))),
    ss: of("second"),
    s: String(Number(of("second"))),
    Z: of("timeZoneName").slice("GMT".length) || "+00:00",
  };
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

function calendar(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { ...FIELDS, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...FIELDS, timeZone: "UTC" });
  }
}

const FIELDS = {
  weekday: "long",
  year: "numeric",
  month: "long",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "longOffset",
} as const satisfies Intl.DateTimeFormatOptions;
