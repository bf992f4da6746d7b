/** Texts, voicemails and faxes as activities of Pipedrive; pictures and documents are links in the note. */

import type { CrmContext, LogReference, MessageLogToCreate, MessageLogToUpdate } from "../../sdk/connector.ts";
import { createActivity, findActivity, reviseActivity } from "./activities.ts";

/** Cost: 1 request for any number of messages. */
export function createMessageLog(context: CrmContext, log: MessageLogToCreate): Promise<LogReference> {
  return createActivity(context, "sms", log);
}

/** Cost: 1 read and 1 write for any number of messages. */
export function updateMessageLog(context: CrmContext, log: MessageLogToUpdate): Promise<void> {
  return reviseActivity(context, log.logId, (note) => log.revise(note));
}

export const findMessageLog = findActivity;
