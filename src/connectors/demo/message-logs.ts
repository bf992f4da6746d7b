/** Conversations as activities of the Demo CRM. */

import type { CrmContext, LogReference, MessageLogToCreate, MessageLogToUpdate } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { dealOf, findCallLog } from "./call-logs.ts";
import { DemoActivity } from "./schemas.ts";

const ACTIVITY_TYPES = { SMS: "sms", VoiceMail: "voicemail", Fax: "fax" } as const;

/** Cost: 1 request for any number of messages. */
export async function createMessageLog({ crm }: CrmContext, log: MessageLogToCreate): Promise<LogReference> {
  const created = await crm.post("/api/activities", {
    json: {
      contactId: log.contact.id,
      type: ACTIVITY_TYPES[log.kind],
      subject: log.subject,
      body: log.body,
      startedAt: new Date(log.startedAt).toISOString(),
      dealId: dealOf(log.submission),
      externalId: log.marker,
      ownerId: log.owner,
    },
    as: DemoActivity,
  });
  return { logId: String(created.id) };
}

/** Cost: 1 read and 1 write for any number of messages. */
export async function updateMessageLog({ crm }: CrmContext, log: MessageLogToUpdate): Promise<void> {
  const activity = await crm.get(path`/api/activities/${log.logId}`, { as: DemoActivity });
  await crm.patch(path`/api/activities/${log.logId}`, {
    json: { body: log.revise(activity.body ?? "") },
    as: DemoActivity,
  });
}

/** Activities of every type carry their marker in the same place. */
export const findMessageLog = findCallLog;
