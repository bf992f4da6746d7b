/** Conversations as activities of the bench CRM. */

import type { Connector } from "../../../src/sdk/index.ts";
import { Activity } from "./call-logs.ts";

/** Cost: 1 request for any number of messages. */
export const createMessageLog: NonNullable<Connector["createMessageLog"]> = async ({ crm }, log) => {
  const { contact, subject, body, marker } = log;
  const json = { contactId: contact.id, type: "message", subject, body, marker };
  return { logId: (await crm.post("/activities", { json, as: Activity })).id };
};
