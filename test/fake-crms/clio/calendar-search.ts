/** Which entries of a fake Clio's calendars a list holds, and what becomes of a series in it. */

import type { ClioCalendarEntry } from "./state.ts";

/** As a list shows it: a date of a series has an id of its own, which is no number. */
export type ListedEntry = Omit<ClioCalendarEntry, "id"> & { id: string };

export interface EntriesQuery {
  calendar_id?: string;
  from?: string;
  to?: string;
  external_property_name?: string;
  external_property_value?: string;
}

const INTERVALS_MS: Readonly<Record<string, number>> = { DAILY: 86_400_000, WEEKLY: 604_800_000 };

/** Entries end on or after `from` and begin on or before `to`, as the vendor's document has it: both moments may be touched. */
export function entriesAsked(entries: readonly ClioCalendarEntry[], query: EntriesQuery): ListedEntry[] {
  const { calendar_id: calendar, external_property_name: name, from, to } = query;
  if (name !== undefined) {
    const holds = (entry: ClioCalendarEntry) =>
      entry.external_properties.some((one) => one.name === name && one.value === query.external_property_value);
    return entries.filter(holds).map((entry) => ({ ...entry, id: String(entry.id) }));
  }
  return entries
    .filter((entry) => onCalendar(entry, Number(calendar)))
    .flatMap(occurrences)
    .filter(({ start_at: start, end_at: end }) => {
      return Date.parse(end) >= Date.parse(from ?? "") && Date.parse(start) <= Date.parse(to ?? "");
    });
}

/** An entry stands on its owner's calendar and on those of whoever takes part. */
export function onCalendar({ attendees, calendar }: ClioCalendarEntry, id: number): boolean {
  return calendar === id || attendees.some((attendee) => attendee.type === "Calendar" && attendee.id === id);
}

function occurrences(entry: ClioCalendarEntry): ListedEntry[] {
  const { id, recurrence_rule: rule, start_at: start, end_at: end } = entry;
  const [, frequency = "", count = ""] = /^FREQ=(\w+);COUNT=(\d+)$/.exec(rule ?? "") ?? [];
  const interval = INTERVALS_MS[frequency];
  if (interval === undefined) return [{ ...entry, id: String(id) }];
  return Array.from({ length: Number(count) }, (_, at) => {
    const later = (text: string) => new Date(Date.parse(text) + at * interval).toISOString();
    return { ...entry, id: `${id}-${Date.parse(start) / 1000 + at}`, start_at: later(start), end_at: later(end) };
  });
}
