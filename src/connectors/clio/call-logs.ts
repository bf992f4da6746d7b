/** Calls as phone communications of Clio, each with the time entry that bills it. */

import type { CallLogToCreate, CallLogToUpdate, CrmContext, LoadedCallLog, LogReference } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { asTrunklineError } from "../../sdk/errors.ts";
import { createCommunication, matterOf, owedEntryOf, ownerOf, receivedAt } from "./communications.ts";
import { matterIn } from "./matters.ts";
import { type Communication, CommunicationShown, ContactName, type TimeEntry, Written } from "./schemas.ts";
import {
  changeTimeEntry,
  createTimeEntry,
  type EntryChange,
  type EntryToWrite,
  owedForCall,
  timeEntryOf,
} from "./time-entries.ts";
import { clioId, localDay, timestamp } from "./wire-values.ts";

/**
 * Cost: 1 request, and 1 more for the time entry. A call whose duration is not known yet, or that nobody answered, has
 * nothing to bill: an update that brings a duration creates the entry.
 */
export async function createCallLog(context: CrmContext, log: CallLogToCreate): Promise<LogReference> {
  const { startedAt, durationSeconds: seconds = 0, submission, body, owner } = log;
  const owedEntry = owedForCall(context.user, submission);
  const matter = matterIn(submission);
  const { id } = await createCommunication(context, {
    ...log,
    startedAt,
    from: log.direction === "Inbound" ? "contact" : "user",
    subject: log.subject === "" ? `${log.direction ?? "Phone"} call` : log.subject,
    matter,
    owedEntry,
  });
  const logId = String(id);
  if (owedEntry === "none" || seconds <= 0) return { logId };
  try {
    const at = startedAt ?? Date.now();
    await createTimeEntry(context, { communicationId: id, matter, seconds, at, note: body, billing: owedEntry, owner });
    return { logId };
  } catch (thrown) {
    return { logId, unfinished: asTrunklineError(thrown) };
  }
}

/** Cost: 1 request; 1 more where Clio does not say who took part. A contact that is gone does not hide the log. */
export async function getCallLog(
  { crm }: CrmContext,
  { logId, contactId }: { logId: string; contactId: string },
): Promise<LoadedCallLog> {
  const people = "id,type,name";
  const { data: communication } = await crm.get(path`/api/v4/communications/${clioId(logId)}.json`, {
    query: {
      fields:
        "id,type,subject,body,date,received_at,created_at,updated_at,matter{id,display_number,description}," +
        `senders{${people}},receivers{${people}},time_entries{id,non_billable}`,
    },
    as: CommunicationShown,
  });
  const contactName = participantIn(communication, contactId) ?? (await nameOf(crm, contactId));
  const nonBillable = communication.time_entries?.[0]?.non_billable;
  return {
    subject: communication.subject ?? "",
    body: communication.body ?? "",
    ...(contactName === undefined ? {} : { contactName }),
    dispositions: {
      ...(communication.matter ? { matters: communication.matter.id } : {}),
      ...(typeof nonBillable === "boolean" ? { billableStatus: nonBillable ? "non-billable" : "billable" } : {}),
    },
    fullLogResponse: communication,
  };
}

/** Cost: 2 reads side by side, then 2 writes side by side. Nothing is written unless both reads came back. */
export async function updateCallLog(context: CrmContext, log: CallLogToUpdate): Promise<void> {
  const { crm } = context;
  const id = clioId(log.logId);
  const [{ data: communication }, entry] = await Promise.all([
    crm.get(path`/api/v4/communications/${id}.json`, {
      query: {
        fields: "id,body,received_at,matter{id},senders{id,type},receivers{id,type},external_properties{name,value}",
      },
      as: CommunicationShown,
    }),
    timeEntryOf(context, id),
  ]);
  const body = log.revise(communication.body ?? "");
  const change = entry && changeOf(context, entry, communication, log);
  const missing = entry ? undefined : missingEntry(context, communication, log, body);
  const writes = await Promise.allSettled([
    crm.patch(path`/api/v4/communications/${id}.json`, {
      query: { fields: "id" },
      json: { data: { body, subject: log.subject, received_at: timestamp(log.startedAt) } },
      as: Written,
    }),
    entry && change && changeTimeEntry(context, entry.id, change),
    missing && createTimeEntry(context, missing),
  ]);
  // All are awaited before a failure is told: a repetition must not run beside its predecessor.
  for (const write of writes) if (write.status === "rejected") throw write.reason;
}

/** Undefined where nothing needs to be written. A bill that went out is not touched, nor a matter that the entry has already. */
function changeOf(
  { user }: CrmContext,
  entry: TimeEntry,
  communication: Communication,
  log: CallLogToUpdate,
): EntryChange | undefined {
  const before = entry.note ?? "";
  const note = log.revise(before);
  const change: EntryChange = {
    ...(note === before ? {} : { note }),
    ...(log.durationSeconds === undefined ? {} : { quantity: log.durationSeconds }),
    ...(log.startedAt === undefined ? {} : { date: localDay(log.startedAt, user) }),
    ...(entry.matter || !communication.matter ? {} : { matter: matterOf(communication) }),
  };
  return entry.billed === true || Object.keys(change).length === 0 ? undefined : change;
}

/** Undefined where none is owed, or where it is not known for how long. */
function missingEntry(
  { user }: CrmContext,
  communication: Communication,
  log: CallLogToUpdate,
  note: string,
): EntryToWrite | undefined {
  const billing = owedEntryOf(communication) ?? owedForCall(user, {});
  const { startedAt, durationSeconds: seconds = 0 } = log;
  if (billing === "none" || seconds <= 0) return undefined;
  const at = startedAt ?? receivedAt(communication);
  const owner = ownerOf(communication, { user });
  return { communicationId: communication.id, matter: matterOf(communication), seconds, at, note, billing, owner };
}

/** Clio writes a participant's kind of contact, Person or Company, where a request says Contact. */
function participantIn(communication: Communication, contactId: string): string | undefined {
  const people = [...(communication.senders ?? []), ...(communication.receivers ?? [])];
  return people.find(({ id, type }) => type !== "User" && String(id) === contactId)?.name ?? undefined;
}

async function nameOf(crm: CrmContext["crm"], contactId: string): Promise<string | undefined> {
  const answer = await crm
    .get(path`/api/v4/contacts/${contactId}.json`, { query: { fields: "id,name" }, as: ContactName })
    .catch(() => undefined);
  return answer?.data.name;
}
