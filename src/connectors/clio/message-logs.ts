/** Conversations, voicemails and faxes as phone communications of Clio. */

import type { CrmContext, LogReference, MessageLogToCreate, MessageLogToUpdate } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { asTrunklineError } from "../../sdk/errors.ts";
import { createCommunication, matterOf, owedEntryOf, ownerOf, receivedAt } from "./communications.ts";
import { matterIn } from "./matters.ts";
import { CommunicationShown, Written } from "./schemas.ts";
import { messageBilling, shortestMessageTime, tracksMessageTime } from "./settings.ts";
import { createTimeEntry, timeEntryOf } from "./time-entries.ts";
import { clioId } from "./wire-values.ts";

/**
 * Cost: 1 request for any number of messages, and 1 more for the time entry where the user bills texts. Trunkline does
 * not know how long somebody typed, so a day's conversation is billed with the shortest time that the user has set.
 */
export async function createMessageLog(context: CrmContext, log: MessageLogToCreate): Promise<LogReference> {
  const { user } = context;
  const owedEntry = log.kind === "SMS" && tracksMessageTime(user) ? messageBilling(user) : "none";
  const matter = matterIn(log.submission);
  const { id } = await createCommunication(context, { ...log, from: "contact", matter, owedEntry });
  const logId = String(id);
  if (owedEntry === "none") return { logId };
  try {
    await createTimeEntry(context, {
      communicationId: id,
      matter,
      seconds: shortestMessageTime(user),
      at: log.startedAt,
      note: log.subject,
      billing: owedEntry,
      owner: log.owner,
    });
    return { logId };
  } catch (thrown) {
    return { logId, unfinished: asTrunklineError(thrown) };
  }
}

/**
 * Cost: 1 read and 1 write for any number of messages. Where the user bills texts, 1 read more looks for the time entry,
 * beside the first, and a missing one is created.
 */
export async function updateMessageLog(context: CrmContext, log: MessageLogToUpdate): Promise<void> {
  const { crm, user } = context;
  const id = clioId(log.logId);
  const billsTexts = tracksMessageTime(user);
  const [{ data: communication }, entry] = await Promise.all([
    crm.get(path`/api/v4/communications/${id}.json`, {
      query: {
        fields:
          "id,subject,body,received_at,matter{id},senders{id,type},receivers{id,type},external_properties{name,value}",
      },
      as: CommunicationShown,
    }),
    billsTexts ? timeEntryOf(context, id) : undefined,
  ]);
  const billing = billsTexts && entry === undefined ? (owedEntryOf(communication) ?? "none") : "none";
  const writes = await Promise.allSettled([
    crm.patch(path`/api/v4/communications/${id}.json`, {
      query: { fields: "id" },
      json: { data: { body: log.revise(communication.body ?? "") } },
      as: Written,
    }),
    billing === "none"
      ? undefined
      : createTimeEntry(context, {
          communicationId: id,
          matter: matterOf(communication),
          seconds: shortestMessageTime(user),
          at: receivedAt(communication),
          note: communication.subject ?? "",
          billing,
          owner: ownerOf(communication, context),
        }),
  ]);
  for (const write of writes) if (write.status === "rejected") throw write.reason;
}
