/** Calls as activities of the Demo CRM. */

import type {
  CallLogToCreate,
  CallLogToFind,
  CallLogToUpdate,
  CrmContext,
  LoadedCallLog,
  LogReference,
  Submission,
} from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { ActivityPage, DemoActivity, DemoContact } from "./schemas.ts";

/** Cost: 1 request. */
export async function createCallLog({ crm }: CrmContext, log: CallLogToCreate): Promise<LogReference> {
  const created = await crm.post("/api/activities", {
    json: {
      contactId: log.contact.id,
      type: "call",
      subject: log.subject,
      body: log.body,
      startedAt: timestamp(log.startedAt),
      durationSeconds: log.durationSeconds,
      dealId: dealOf(log.submission),
      externalId: log.marker,
      ownerId: log.owner,
    },
    as: DemoActivity,
  });
  return { logId: String(created.id) };
}

/** Cost: 2 requests, side by side. The contact's name is decoration: a contact that is gone does not hide the log. */
export async function getCallLog(
  { crm }: CrmContext,
  { logId, contactId }: { logId: string; contactId: string },
): Promise<LoadedCallLog> {
  const [activity, contact] = await Promise.all([
    crm.get(path`/api/activities/${logId}`, { as: DemoActivity }),
    crm.get(path`/api/contacts/${contactId}`, { as: DemoContact }).catch(() => undefined),
  ]);
  return {
    subject: activity.subject ?? "",
    body: activity.body ?? "",
    ...(contact === undefined ? {} : { contactName: contact.name }),
    dispositions: activity.dealId === undefined || activity.dealId === null ? {} : { deals: String(activity.dealId) },
    fullLogResponse: activity,
  };
}

/** Cost: 1 read and 1 write. */
export async function updateCallLog({ crm }: CrmContext, log: CallLogToUpdate): Promise<void> {
  const activity = await crm.get(path`/api/activities/${log.logId}`, { as: DemoActivity });
  await crm.patch(path`/api/activities/${log.logId}`, {
    json: {
      body: log.revise(activity.body ?? ""),
      subject: log.subject,
      startedAt: timestamp(log.startedAt),
      durationSeconds: log.durationSeconds,
    },
    as: DemoActivity,
  });
}

/** Cost: 1 request. The filter is exact and not subject to the search's lag. */
export async function findCallLog({ crm }: CrmContext, { marker }: CallLogToFind): Promise<LogReference | undefined> {
  const page = await crm.get("/api/activities", { query: { externalId: marker }, as: ActivityPage });
  const ours = page.items.find((activity) => activity.externalId === marker);
  return ours && { logId: String(ours.id) };
}

/** Cost: 1 request, none without a deal. */
export async function upsertCallDisposition(
  { crm }: CrmContext,
  log: { logId: string; submission: Submission },
): Promise<void> {
  const dealId = dealOf(log.submission);
  if (dealId === undefined) return;
  await crm.patch(path`/api/activities/${log.logId}`, { json: { dealId }, as: DemoActivity });
}

/** The chosen deal; undefined members are left out of a JSON body. */
export function dealOf(submission: Submission): string | undefined {
  const { deals } = submission;
  const chosen = typeof deals === "string" || typeof deals === "number" ? String(deals) : "";
  return chosen === "" || chosen === "none" ? undefined : chosen;
}

function timestamp(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
