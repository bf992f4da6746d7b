/** Clio's calendar entries: read, written, changed as they were read and deleted, with words for what Clio refuses. */

import { Type } from "typebox";
import type { CrmContext } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { asTrunklineError, TrunklineError } from "../../sdk/errors.ts";
import { allPages } from "./pages.ts";
import { type CalendarEntry, CalendarEntryPage, CalendarEntryShown, CalendarPage, PAGE_LIMIT } from "./schemas.ts";

const FIELDS =
  "id,etag,summary,description,start_at,end_at,all_day,recurrence_rule,parent_calendar_entry_id," +
  "attendees{id,type,name,email},external_properties{id,name,value}";

/** What a request may say of an entry; members that are left out stay as they are. */
export interface EntryFields {
  summary?: string | undefined;
  description?: string | undefined;
  start_at?: string | undefined;
  end_at?: string | undefined;
  all_day?: boolean | undefined;
  attendees?: { id: number; type: "Contact"; _destroy?: true }[] | undefined;
  external_properties?: { id?: number | undefined; name: string; value: string }[] | undefined;
}

/** Cost: 1 request. The user's own calendar: each has one, and may write to it. */
export async function ownCalendar({ crm }: CrmContext): Promise<number> {
  const query = { owner: true, writeable: true, type: "UserCalendar", fields: "id", limit: 1 };
  const { data } = await crm.get("/api/v4/calendars.json", { query, as: CalendarPage }).catch(explain);
  const [own] = data;
  if (own !== undefined) return own.id;
  throw new TrunklineError("unsupported", "You have no calendar of your own in Clio that can be written to.");
}

/** Cost: 1 request for each 200. Each date of a series is an entry of its own. Both moments may be touched from outside. */
export function entriesBetween(
  { crm }: CrmContext,
  { calendar, from, to }: { calendar: number; from: number; to: number },
): Promise<CalendarEntry[]> {
  const query = {
    calendar_id: calendar,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    expanded: true,
    fields: FIELDS,
    limit: PAGE_LIMIT,
  };
  return allPages(query, (more) =>
    crm.get("/api/v4/calendar_entries.json", { query: more, as: CalendarEntryPage }),
  ).catch(explain);
}

/** Cost: 1 request. */
export async function entriesWith({ crm }: CrmContext, property: { name: string; value: string }) {
  const query = {
    external_property_name: property.name,
    external_property_value: property.value,
    fields: FIELDS,
    limit: PAGE_LIMIT,
  };
  const page = await crm.get("/api/v4/calendar_entries.json", { query, as: CalendarEntryPage }).catch(explain);
  // A filter that was ignored must not find a stranger's entry.
  return page.data.filter((entry) => propertyOf(entry, property.name)?.value === property.value);
}

/** Cost: 1 request. */
export async function readEntry({ crm }: CrmContext, id: string): Promise<CalendarEntry> {
  const query = { fields: FIELDS };
  const read = crm.get(path`/api/v4/calendar_entries/${entryId(id)}.json`, { query, as: CalendarEntryShown });
  return (await read.catch(explain)).data;
}

/** Cost: 1 request. Nobody is sent an e-mail for it: whoever is on the telephone did not ask for one. */
export async function createEntry({ crm }: CrmContext, calendar: number, fields: EntryFields): Promise<CalendarEntry> {
  const json = { data: { ...fields, calendar_owner: { id: calendar }, send_email_notification: false } };
  const query = { fields: FIELDS };
  return (await crm.post("/api/v4/calendar_entries.json", { query, json, as: CalendarEntryShown }).catch(explain)).data;
}

/**
 * Reads the entry and writes what `changes` makes of it, if it is still the same then: Clio answers 412 to an `If-Match` with an
 * ETag of before ("ETags", docs.developers.clio.com, 2026-11). Then both are done once more. Cost: 2 requests, 1 where nothing changes.
 */
export async function changeEntry(
  context: CrmContext,
  id: string,
  changes: (entry: CalendarEntry) => EntryFields,
): Promise<CalendarEntry> {
  try {
    return await changeAsRead(context, id, changes);
  } catch (thrown) {
    if (!isOvertaken(thrown)) throw thrown;
  }
  return changeAsRead(context, id, changes).catch((thrown: unknown) => {
    if (!isOvertaken(thrown)) throw thrown;
    const sentence = "Somebody else is changing this appointment in Clio. Please look at it and try again.";
    throw new TrunklineError("crm-rejected", sentence, { cause: thrown });
  });
}

/** Cost: 2 requests. Clio knows no condition for a deletion. */
export async function deleteEntry(context: CrmContext, id: string): Promise<void> {
  expectNoSeries(await readEntry(context, id));
  await context.crm.delete(path`/api/v4/calendar_entries/${entryId(id)}.json`, { as: Type.Unknown() }).catch(explain);
}

export function propertyOf({ external_properties: properties }: CalendarEntry, name: string) {
  return properties?.find((property) => property.name === name);
}

async function changeAsRead(
  context: CrmContext,
  id: string,
  changes: (entry: CalendarEntry) => EntryFields,
): Promise<CalendarEntry> {
  const entry = await readEntry(context, id);
  expectNoSeries(entry);
  const data = changes(entry);
  if (Object.values(data).every((value) => value === undefined)) return entry;
  const options = { query: { fields: FIELDS }, json: { data }, ifMatch: entry.etag ?? undefined };
  const address = path`/api/v4/calendar_entries/${entryId(id)}.json`;
  return (await context.crm.patch(address, { ...options, as: CalendarEntryShown }).catch(explain)).data;
}

/** A date of a series has an id that is no number, and no request takes it. */
function entryId(id: string): number {
  const number = Number(id);
  if (Number.isSafeInteger(number) && number > 0) return number;
  if (/^\d/.test(id)) throw partOfSeries();
  throw new TrunklineError("crm-record-missing", "This appointment does not come from Clio.");
}

/** What is asked for is one date; a request would change, or delete, all of them. */
function expectNoSeries({ parent_calendar_entry_id: parent, recurrence_rule: rule }: CalendarEntry): void {
  if (rule || parent) throw partOfSeries();
}

function partOfSeries(): TrunklineError {
  return new TrunklineError("unsupported", "This appointment is one of a series. Please change it in Clio itself.");
}

function isOvertaken(thrown: unknown): boolean {
  return thrown instanceof TrunklineError && thrown.facts.status === 412;
}

/** Clio refuses an app without the permission and a user without the right in the same way. */
function explain(thrown: unknown): never {
  const failure = asTrunklineError(thrown);
  if (failure.code !== "crm-forbids") throw failure;
  const sentence =
    "Clio does not let you do this. Either this server's app in Clio lacks the permission “Calendars” (write), " +
    "and you have to connect again once it has it, or the entry is not yours to change.";
  throw new TrunklineError("crm-forbids", sentence, failure.facts);
}
