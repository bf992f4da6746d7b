/** Activities, of which every log is one: written, read, brought up to date, found again. */

import type { CallLogToCreate, CallLogToFind, CrmContext, LogReference } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import { linksFrom, participantsFrom, personId } from "./activity-links.ts";
import { durationOf, dueAt } from "./activity-times.ts";
import { type LogKind, withActivityType } from "./activity-type.ts";
import { apart, hasMarker, withMarker } from "./log-marker.ts";
import { cursorIn, everyPage, PAGE_LIMIT } from "./pages.ts";
import { type Activity, ActivityPage, OneActivity } from "./schemas.ts";

type LogToCreate = Pick<CallLogToCreate, "marker" | "contact" | "subject" | "body" | "submission" | "owner"> &
  Partial<Pick<CallLogToCreate, "startedAt" | "durationSeconds">>;

/** Cost: 1 request. */
export async function createActivity(context: CrmContext, kind: LogKind, log: LogToCreate): Promise<LogReference> {
  const activity = {
    owner_id: Number(log.owner ?? context.user.id),
    subject: log.subject,
    note: withMarker(log.body, log.marker),
    done: true,
    ...dueAt(log.startedAt),
    duration: durationOf(log.durationSeconds),
    participants: participantsFrom(log.contact),
    ...linksFrom(log.submission),
  };
  return withActivityType(context, kind, async (type) => {
    const { data } = await context.crm.post("/api/v2/activities", { json: { ...activity, type }, as: OneActivity });
    return { logId: String(data.id) };
  });
}

export async function readActivity({ crm }: Pick<CrmContext, "crm">, logId: string): Promise<Activity> {
  const { data } = await crm.get(path`/api/v2/activities/${logId}`, { as: OneActivity });
  // A deleted activity can be read for 30 days more.
  if (data.is_deleted === true) throw new TrunklineError("crm-record-missing", "The record is no longer in Pipedrive.");
  return data;
}

/** Cost: 1 read and, where anything changes, 1 write. `changes` are sent beside the note. */
export async function reviseActivity(
  context: Pick<CrmContext, "crm">,
  logId: string,
  revise: (note: string) => string,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<void> {
  const before = (await readActivity(context, logId)).note ?? "";
  const { text, line } = apart(before);
  const note = `${revise(text)}${line}`;
  const wanted = note === `${text}${line}` ? changes : { ...changes, note };
  if (Object.values(wanted).every((value) => value === undefined)) return;
  await context.crm.patch(path`/api/v2/activities/${logId}`, { json: wanted, as: OneActivity });
}

/**
 * Reads the person's activities since then, newest first, and looks for the marker in their notes. Cost: 1 request for every
 * 500 of them. The list is not subject to the lag of the search index.
 */
export async function findActivity(
  { crm }: CrmContext,
  { marker, contactId, since }: CallLogToFind,
): Promise<LogReference | undefined> {
  const activities = await everyPage(async (cursor: string | undefined) => {
    const query = {
      person_id: personId(contactId),
      updated_since: new Date(since).toISOString().replace(/\.\d+/, ""),
      sort_by: "add_time",
      sort_direction: "desc",
      limit: PAGE_LIMIT,
      cursor,
    };
    const page = await crm.get("/api/v2/activities", { query, as: ActivityPage });
    return { items: page.data ?? [], next: cursorIn(page) };
  });
  const ours = activities.find(({ note }) => hasMarker(note ?? "", marker));
  return ours && { logId: String(ours.id) };
}
