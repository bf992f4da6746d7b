/** Times in the user's own zone and pattern, and durations in words. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createCalendars, formatDate } from "../../../src/core/log-body/date-format.ts";
import { durationInWords } from "../../../src/core/log-body/duration.ts";

const DEFAULT = "YYYY-MM-DD hh:mm:ss A";
const dates: [at: string, pattern: string, zone: string, expected: string][] = [
  ["2026-03-08T06:59:59Z", DEFAULT, "America/New_York", "2026-03-08 01:59:59 AM"],
  ["2026-03-08T07:00:00Z", DEFAULT, "America/New_York", "2026-03-08 03:00:00 AM"],
  ["2026-11-01T05:30:00Z", `${DEFAULT} Z`, "America/New_York", "2026-11-01 01:30:00 AM -04:00"],
  ["2026-11-01T06:30:00Z", `${DEFAULT} Z`, "America/New_York", "2026-11-01 01:30:00 AM -05:00"],
  ["2026-10-25T00:59:00Z", "H:mm Z", "Europe/Berlin", "2:59 +02:00"],
  ["2026-10-25T01:00:00Z", "H:mm Z", "Europe/Berlin", "2:00 +01:00"],
  ["2026-01-01T12:05:09Z", DEFAULT, "+08:00", "2026-01-01 08:05:09 PM"],
  ["2026-01-01T12:05:09Z", DEFAULT, "+05:30", "2026-01-01 05:35:09 PM"],
  ["2026-01-01T12:05:09Z", "HH:mm Z", "Asia/Kathmandu", "17:50 +05:45"],
  ["2026-01-01T00:05:09Z", "hh h HH H A a", "UTC", "12 12 00 0 AM am"],
  ["2026-01-01T12:05:09Z", "hh h HH H A a Z", "UTC", "12 12 12 12 PM pm +00:00"],
  [
    "2026-09-03T12:05:09Z",
    "dddd ddd D DD MMMM MMM M MM YY YYYY",
    "UTC",
    "Thursday Thu 3 03 September Sep 9 09 26 2026",
  ],
  ["2026-09-03T12:05:09Z", "[At] h:m:s, [YYYY] $&", "UTC", "At 12:5:9, YYYY $&"],
  ["2026-09-03T12:05:09Z", "HH:mm", "Nowhere/Land", "12:05"],
];
for (const [at, pattern, zone, expected] of dates)
  test(`${at} in ${zone} as ${pattern} is ${expected}`, () =>
    assert.equal(formatDate(Date.parse(at), pattern, zone), expected));

test("a time that is none is shown as nothing", () => assert.equal(formatDate(Number.NaN, DEFAULT, "UTC"), ""));

const durations: [seconds: number, words: string][] = [
  [0, "0 seconds"],
  [1, "1 second"],
  [59, "59 seconds"],
  [60, "1 minute"],
  [61, "1 minute, 1 second"],
  [3600, "1 hour"],
  [3723, "1 hour, 2 minutes, 3 seconds"],
  [90_000, "25 hours"],
  [-5, "0 seconds"],
  [1.4, "1 second"],
];
for (const [seconds, words] of durations)
  test(`${seconds} seconds are ${words}`, () => assert.equal(durationInWords(seconds), words));

const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"), "+05:30", "UTC");

test("any instant since 1972 reads in any zone as Intl reads it, one calendar asked for many", () => {
  const calendarOf = createCalendars();
  const instants = fc.integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2099, 11, 31) });
  fc.assert(
    fc.property(zones, fc.array(instants, { minLength: 1, maxLength: 4 }), (timeZone, moments) => {
      const fields = { year: "numeric", month: "long", day: "2-digit", weekday: "long" } as const;
      const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
      const byIntl = new Intl.DateTimeFormat("en-US", { ...fields, ...clock, timeZone });
      for (const at of moments) {
        const expected = byIntl.format(at).replace(" at ", ", ");
        assert.equal(formatDate(at, "dddd, MMMM DD, YYYY[, ]HH:mm:ss", timeZone, calendarOf), expected);
      }
    }),
  );
});
