/** Times as Pipedrive writes them: a UTC day, a UTC time of day, hours and minutes of duration (API reference, Activities). */

/** Undefined members are left out of a JSON body. */
export function dueAt(at: number | undefined): { due_date?: string; due_time?: string } {
  if (at === undefined) return {};
  const iso = new Date(at).toISOString();
  return { due_date: iso.slice(0, 10), due_time: iso.slice(11, 16) };
}

/** HH:MM. Seconds that make no whole minute are dropped: a log never claims more than was talked. */
export function durationOf(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const minutes = Math.floor(seconds / 60);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
