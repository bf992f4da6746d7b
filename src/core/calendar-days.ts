/** Days as a person means them: from midnight to midnight where they are. */

/** Epoch milliseconds; undefined for a day that there is not, such as 30 February. */
export function startOfDay(date: string, timeZone: string): number | undefined {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || dateOf(midnight) !== date) return undefined;
  return whereTheyAre(midnight, timeZone);
}

/** The moment at which the clocks there show what they show in UTC at another. */
export function whereTheyAre(shownInUtc: number, timeZone: string): number {
  const near = shownInUtc - offsetAt(shownInUtc, timeZone);
  // The clocks may have been changed between the two.
  return shownInUtc - offsetAt(near, timeZone);
}

/** The day on which a moment falls, such as "2026-11-24". */
export function dayOf(at: number, timeZone: string): string {
  return dateOf(at + offsetAt(at, timeZone));
}

export function daysLater(date: string, days: number): string {
  return dateOf(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}

const DAY_MS = 24 * 60 * 60 * 1000;

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const { hours = "0", minutes = "0", sign } = /(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)/.exec(name)?.groups ?? {};
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
