/** Calls as activities of the bench CRM. */

import { type CallLogToUpdate, type Connector, type CrmContext, path, Type } from "../../../src/sdk/index.ts";

export const Activity = Type.Object({
  id: Type.String(),
  subject: Type.Optional(Type.String()),
  body: Type.Optional(Type.String()),
});
const Activities = Type.Object({ items: Type.Array(Activity) });

/** Cost: 1 request. */
export const createCallLog: Connector["createCallLog"] = async ({ crm }, { contact, subject, body, marker }) => {
  const json = { contactId: contact.id, type: "call", subject, body, marker };
  return { logId: (await crm.post("/activities", { json, as: Activity })).id };
};

/** Cost: 1 request. */
export const getCallLog: Connector["getCallLog"] = async ({ crm }, { logId }) => {
  const activity = await crm.get(path`/activities/${logId}`, { as: Activity });
  const { subject = "", body = "" } = activity;
  return { subject, body, dispositions: {}, fullLogResponse: { ...activity } };
};

/** Cost: 1 read and 1 write; for a conversation as well. */
export async function updateLog({ crm }: CrmContext, { logId, subject, revise }: CallLogToUpdate): Promise<void> {
  const activity = await crm.get(path`/activities/${logId}`, { as: Activity });
  const json = { subject, body: revise(activity.body ?? "") };
  await crm.patch(path`/activities/${logId}`, { json, as: Activity });
}

/** Cost: 1 request. */
export const upsertCallDisposition: NonNullable<Connector["upsertCallDisposition"]> = async (
  { crm },
  { logId, submission },
) => {
  await crm.patch(path`/activities/${logId}`, { json: { dealId: submission["deals"] }, as: Activity });
};

/** Cost: 1 request; for a conversation as well. */
export const findLog: NonNullable<Connector["findCallLog"]> = async ({ crm }, { marker }) => {
  const [activity] = (await crm.get("/activities", { query: { marker }, as: Activities })).items;
  return activity && { logId: activity.id };
};
