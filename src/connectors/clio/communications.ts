/** What calls and messages have in common in Clio: a phone communication between the user and a contact, with our marks on it. */

import type { CallLogToFind, CrmContext, LogContact, LogReference } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import { type Communication, CommunicationPage, Written } from "./schemas.ts";
import { type Billing, BILLING } from "./settings.ts";
import { clioId, timestamp } from "./wire-values.ts";

/** Clio lists communications by name and value of these, and allows five on each ("Communications", API reference v4). */
const MARKER = "trunkline";
const OWED_ENTRY = "trunkline-time-entry";

/** Which time entry belongs to a record; kept on the record, since an update that must create it knows nothing of the form. */
export type OwedEntry = Billing | "none";

export interface CommunicationToWrite {
  marker: string;
  contact: LogContact;
  from: "contact" | "user";
  subject: string;
  body: string;
  startedAt: number | undefined;
  matter: { id: number } | undefined;
  owedEntry: OwedEntry;
  /** The colleague who takes part in the user's place. */
  owner?: string | undefined;
}

/** Cost: 1 request. */
export async function createCommunication(
  { crm, user }: CrmContext,
  log: CommunicationToWrite,
): Promise<{ id: number }> {
  const contact = [{ id: clioId(log.contact.id), type: "Contact" }];
  const ourselves = [{ id: clioId(log.owner ?? user.id), type: "User" }];
  const created = await crm.post("/api/v4/communications.json", {
    query: { fields: "id" },
    json: {
      data: {
        type: "PhoneCommunication",
        subject: log.subject,
        body: log.body,
        received_at: timestamp(log.startedAt),
        senders: log.from === "contact" ? contact : ourselves,
        receivers: log.from === "contact" ? ourselves : contact,
        matter: log.matter,
        external_properties: [
          { name: MARKER, value: log.marker },
          { name: OWED_ENTRY, value: log.owedEntry },
        ],
      },
    },
    as: Written,
  });
  return created.data;
}

/**
 * Cost: 1 request. The list is compared with the marker here: a filter that was ignored must not find a stranger's record.
 * A record whose creation was interrupted has no time entry yet: it is answered as unfinished.
 */
export async function findCommunication(
  { crm }: CrmContext,
  { marker }: CallLogToFind,
): Promise<LogReference | undefined> {
  const page = await crm.get("/api/v4/communications.json", {
    query: {
      external_property_name: MARKER,
      external_property_value: marker,
      fields: "id,external_properties{name,value},time_entries{id}",
    },
    as: CommunicationPage,
  });
  const ours = page.data.find((communication) => propertyOf(communication, MARKER) === marker);
  if (ours === undefined) return undefined;
  const logId = String(ours.id);
  const owesEntry = (owedEntryOf(ours) ?? "none") !== "none" && ours.time_entries?.length === 0;
  return owesEntry ? { logId, unfinished: withoutEntry() } : { logId };
}

/** Undefined for a record that somebody else has written. */
export function owedEntryOf(communication: Communication): OwedEntry | undefined {
  const value = propertyOf(communication, OWED_ENTRY);
  return value === "none" ? value : BILLING.find((billing) => billing === value);
}

/** Cost: 1 request, none where the record owes no entry or the same one. */
export async function changeOwedEntry(
  { crm }: CrmContext,
  communication: Communication,
  billing: Billing,
): Promise<void> {
  const owed = owedEntryOf(communication);
  const property = communication.external_properties?.find(({ name }) => name === OWED_ENTRY);
  if (property?.id === undefined || owed === undefined || owed === "none" || owed === billing) return;
  await crm.patch(path`/api/v4/communications/${communication.id}.json`, {
    query: { fields: "id" },
    json: { data: { external_properties: [{ id: property.id, name: OWED_ENTRY, value: billing }] } },
    as: Written,
  });
}

export function matterOf({ matter }: Communication): { id: number } | undefined {
  return matter ? { id: matter.id } : undefined;
}

/** The colleague who takes part in the user's place; undefined where it is the user. */
export function ownerOf({ senders, receivers }: Communication, { user }: Pick<CrmContext, "user">): string | undefined {
  const colleagues = [...(senders ?? []), ...(receivers ?? [])].filter(({ type }) => type === "User");
  const isOurs = colleagues.length === 0 || colleagues.some(({ id }) => String(id) === user.id);
  return isOurs ? undefined : colleagues.map(({ id }) => String(id))[0];
}

/** When it took place; now, where Clio does not say. */
export function receivedAt({ received_at: received }: Communication): number {
  const at = Date.parse(received ?? "");
  return Number.isNaN(at) ? Date.now() : at;
}

function withoutEntry(): TrunklineError {
  return new TrunklineError("crm-unavailable", "The log is in Clio, but its time entry is not there yet.");
}

function propertyOf(communication: Communication, name: string): string | undefined {
  return communication.external_properties?.find((property) => property.name === name)?.value ?? undefined;
}
