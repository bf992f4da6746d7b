/** Records of a fake Clio as its answers show them, and the fields that may be asked of each. */

import type { JsonObject } from "../../../src/store/json.ts";
import type { Shape } from "./fields.ts";
import type {
  ClioActivity,
  ClioCalendarEntry,
  ClioCommunication,
  ClioContact,
  ClioDocument,
  ClioParticipant,
  ClioState,
} from "./state.ts";

const MATTER = ["id", "display_number", "description", "status"];
const CONTACT = ["id", "name", "type", "title", "primary_email_address", "created_at"];
const TIME_ENTRY = ["id", "type", "date", "quantity", "note", "non_billable", "billed"];
const COMMUNICATION = ["id", "type", "subject", "body", "date", "received_at", "created_at", "updated_at"];

export const CONTACT_SHAPE: Shape = {
  own: CONTACT,
  nested: { company: CONTACT, phone_numbers: ["id", "name", "number"] },
};
export const MATTER_SHAPE: Shape = { own: MATTER, nested: { client: CONTACT } };
export const RELATIONSHIP_SHAPE: Shape = { own: ["id", "description"], nested: { matter: MATTER, contact: CONTACT } };
export const USER_SHAPE: Shape = {
  own: ["id", "name", "email", "time_zone", "enabled"],
  nested: { account: ["id", "name"] },
};
export const ACTIVITY_SHAPE: Shape = { own: TIME_ENTRY, nested: { matter: MATTER, communication: COMMUNICATION } };
const PARTICIPANT = ["id", "type", "name"];
export const COMMUNICATION_SHAPE: Shape = {
  own: COMMUNICATION,
  nested: {
    matter: MATTER,
    senders: PARTICIPANT,
    receivers: PARTICIPANT,
    external_properties: ["id", "name", "value"],
    time_entries: TIME_ENTRY,
  },
};
const CALENDAR = ["id", "name", "type", "permission"];
export const CALENDAR_SHAPE: Shape = { own: CALENDAR, nested: {} };
export const CALENDAR_ENTRY_SHAPE: Shape = {
  own: [
    "id",
    "summary",
    "description",
    "start_at",
    "end_at",
    "all_day",
    "recurrence_rule",
    "parent_calendar_entry_id",
    "calendar_owner_id",
  ],
  nested: {
    attendees: ["id", "type", "name", "email", "enabled"],
    calendars: CALENDAR,
    external_properties: ["id", "name", "value"],
    matter: MATTER,
  },
};
export const DOCUMENT_SHAPE: Shape = {
  own: ["id", "name", "content_type"],
  nested: { latest_document_version: ["id", "uuid", "put_url", "put_headers", "fully_uploaded"] },
};

export function contactView(contact: ClioContact, state: ClioState): JsonObject {
  return {
    ...contact,
    primary_email_address: contact.email,
    company: byId(state.contacts, contact.company),
    phone_numbers: contact.phones.map((number, at) => ({ id: contact.id + at, name: "Work", number })),
  };
}

export function communicationView(communication: ClioCommunication, state: ClioState): JsonObject {
  const people = (list: readonly ClioParticipant[]) => list.map((one) => participantView(one, state));
  return {
    ...communication,
    date: communication.received_at.slice(0, 10),
    matter: byId(state.matters, communication.matter),
    senders: people(communication.senders),
    receivers: people(communication.receivers),
    time_entries: state.activities.filter((activity) => activity.communication === communication.id),
  };
}

export function activityView(activity: ClioActivity, state: ClioState): JsonObject {
  return {
    ...activity,
    matter: byId(state.matters, activity.matter),
    communication: byId(state.communications, activity.communication),
  };
}

export function documentView(document: ClioDocument, putUrl: string): JsonObject {
  const version = {
    id: document.id,
    uuid: document.uuid,
    put_url: document.fully_uploaded ? null : putUrl,
    put_headers: [
      { name: "x-amz-server-side-encryption", value: "AES256" },
      { name: "Content-Type", value: document.content_type },
    ],
    fully_uploaded: document.fully_uploaded,
  };
  return { ...document, bytes: null, latest_document_version: version };
}

/** Ids of entries are texts, as the vendor's document has them. What is empty is null but for lists. */
export function calendarEntryView(entry: ClioCalendarEntry, state: ClioState): JsonObject {
  return {
    ...entry,
    id: String(entry.id),
    etag: etagOf(entry),
    calendar_owner_id: entry.calendar,
    matter: byId(state.matters, entry.matter),
    attendees: entry.attendees.map(({ id, type }) => {
      const contact = type === "Contact" ? byId(state.contacts, id) : undefined;
      const name = contact?.name ?? byId(state.calendars, id)?.name ?? null;
      return { id, type, name, email: contact?.email ?? null };
    }),
  };
}

export function etagOf({ id, version }: Pick<ClioCalendarEntry, "id" | "version">): string {
  return `"${id}-${version}"`;
}

/** Answers say what kind of contact somebody is, where requests say Contact. */
function participantView({ id, type }: ClioParticipant, state: ClioState): JsonObject {
  const contact = byId(state.contacts, id);
  if (type === "User") return { id, type, name: byId(state.users, id)?.name ?? null };
  return { id, type: contact?.type ?? "Person", name: contact?.name ?? null };
}

export function byId<Kept extends { id: number }>(kept: readonly Kept[], id: number | null): Kept | undefined {
  return kept.find((one) => one.id === id);
}
