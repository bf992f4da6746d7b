/** Calls as activities of Pipedrive. */

import type {
  CallLogToCreate,
  CallLogToUpdate,
  CrmContext,
  LoadedCallLog,
  LogReference,
  Submission,
} from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { createActivity, findActivity, readActivity, reviseActivity } from "./activities.ts";
import { linksFrom } from "./activity-links.ts";
import { durationOf, dueAt } from "./activity-times.ts";
import { apart } from "./log-marker.ts";
import { OneActivity, Person } from "./schemas.ts";

/** Cost: 1 request. */
export function createCallLog(context: CrmContext, log: CallLogToCreate): Promise<LogReference> {
  return createActivity(context, "call", log);
}

/** Cost: 2 requests, side by side. The person's name is decoration: one who is gone does not hide the log. */
export async function getCallLog(
  context: CrmContext,
  { logId, contactId }: { logId: string; contactId: string },
): Promise<LoadedCallLog> {
  const [activity, person] = await Promise.all([
    readActivity(context, logId),
    context.crm.get(path`/api/v2/persons/${contactId}`, { as: Person }).catch(() => undefined),
  ]);
  const links = { deals: activity.deal_id, leads: activity.lead_id, organization: activity.org_id };
  const dispositions: LoadedCallLog["dispositions"] = {};
  for (const [field, id] of Object.entries(links)) if (id !== undefined && id !== null) dispositions[field] = id;
  return {
    subject: activity.subject ?? "",
    body: apart(activity.note ?? "").text,
    ...(person === undefined ? {} : { contactName: person.data.name }),
    dispositions,
    fullLogResponse: activity,
  };
}

/** Cost: 1 read and 1 write. */
export async function updateCallLog(context: CrmContext, log: CallLogToUpdate): Promise<void> {
  await reviseActivity(context, log.logId, (note) => log.revise(note), {
    subject: log.subject,
    ...dueAt(log.startedAt),
    duration: durationOf(log.durationSeconds),
  });
}

/** Cost: 1 request, none without a choice. What was chosen before stays where nothing takes its place. */
export async function upsertCallDisposition(
  { crm }: CrmContext,
  { logId, submission }: { logId: string; submission: Submission },
): Promise<void> {
  const links = linksFrom(submission);
  if (Object.keys(links).length === 0) return;
  await crm.patch(path`/api/v2/activities/${logId}`, { json: links, as: OneActivity });
}

export const findCallLog = findActivity;
