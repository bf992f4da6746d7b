/** Appointments as entries of the user's own calendar in Clio. */

import type {
  Appointment,
  AppointmentAct,
  AppointmentContact,
  AppointmentRange,
  AppointmentToCreate,
  AppointmentToUpdate,
} from "../../sdk/appointments.ts";
import type { CrmContext } from "../../sdk/connector.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import {
  changeEntry,
  createEntry,
  deleteEntry,
  entriesBetween,
  entriesWith,
  type EntryFields,
  ownCalendar,
  propertyOf,
  readEntry,
} from "./calendar-entries.ts";
import type { CalendarEntry } from "./schemas.ts";
import { clioId, timestamp } from "./wire-values.ts";

/** Our marks on an entry: which wish it came from, and what Clio's calendar has no place for. */
const MARKER = "trunkline";
const STATUS = "trunkline-status";
const STATUSES = ["scheduled", "confirmed"];

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Cost: 1 request for the calendar, then 1 for each 200 entries. An entry that began before the range and lasts into it is shown. */
export async function listAppointments(context: CrmContext, { from, to }: AppointmentRange): Promise<Appointment[]> {
  const entries = await entriesBetween(context, { calendar: await ownCalendar(context), from, to });
  return entries.map(appointmentFrom).filter(({ startsAt = from, durationMinutes = 0 }) => {
    const endsAt = startsAt + durationMinutes * MINUTE_MS;
    return startsAt < to && (endsAt > from || startsAt >= from);
  });
}

/** Cost: 2 requests, one after the other. */
export async function createAppointment(context: CrmContext, wanted: AppointmentToCreate): Promise<Appointment> {
  const { contacts, durationMinutes, marker, startsAt, summary, title } = wanted;
  const entry = await createEntry(context, await ownCalendar(context), {
    summary: title,
    description: summary,
    ...timesOf(startsAt, durationMinutes),
    attendees: idsOf(contacts).map((id) => ({ id, type: "Contact" })),
    external_properties: [{ name: MARKER, value: marker }],
  });
  return appointmentFrom(entry);
}

/** Cost: 1 request. What is called off is deleted, so all that are found stand. */
export async function findAppointments(context: CrmContext, { marker }: { marker: string }): Promise<Appointment[]> {
  return (await entriesWith(context, { name: MARKER, value: marker })).map(appointmentFrom);
}

/** Cost: 2 requests. */
export async function updateAppointment(context: CrmContext, change: AppointmentToUpdate): Promise<Appointment> {
  const { contacts, id, status, summary, title } = change;
  if (status === "cancelled" || status === "canceled") throw notCancelled();
  if (status !== undefined && !STATUSES.includes(status)) throw noSuchStatus();
  return appointmentFrom(
    await changeEntry(context, id, (entry) => ({
      summary: title,
      description: summary,
      ...newTimes(entry, change),
      attendees: contacts && newAttendees(entry, idsOf(contacts)),
      external_properties:
        status === undefined ? undefined : [{ id: propertyOf(entry, STATUS)?.id, name: STATUS, value: status }],
    })),
  );
}

/** Cost: 1 request. */
export async function refreshAppointment(context: CrmContext, { id }: { id: string }): Promise<Appointment> {
  return appointmentFrom(await readEntry(context, id));
}

/** Cost: 2 requests. */
export async function confirmAppointment(context: CrmContext, { id }: { id: string }): Promise<AppointmentAct> {
  return {
    appointment: await updateAppointment(context, { id, status: "confirmed" }),
    said: "Appointment confirmed. This is kept with the entry and shown here; Clio's own calendar does not show it.",
  };
}

/** Cost: 2 requests. */
export async function cancelAppointment(context: CrmContext, { id }: { id: string }): Promise<AppointmentAct> {
  await deleteEntry(context, id);
  return { said: "Appointment cancelled: it was deleted from your calendar in Clio." };
}

function appointmentFrom(entry: CalendarEntry): Appointment {
  const startsAt = momentOf(entry.start_at);
  const durationMinutes = durationOf(entry);
  return {
    id: String(entry.id),
    title: entry.summary ?? "",
    summary: entry.description ?? "",
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(durationMinutes === undefined ? {} : { durationMinutes }),
    status: propertyOf(entry, STATUS)?.value ?? "scheduled",
    attendees: contactsOf(entry).map(({ id, name, email }) => ({
      id: String(id),
      type: "Contact",
      ...(name ? { name } : {}),
      ...(email ? { email } : {}),
    })),
  };
}

/** Colleagues attend as calendars: they are neither shown nor touched. An attendee bears the id of the contact. */
function contactsOf({ attendees }: CalendarEntry) {
  return (attendees ?? []).filter(({ type }) => type !== "Calendar");
}

function newAttendees(entry: CalendarEntry, wanted: readonly number[]): EntryFields["attendees"] {
  const present = contactsOf(entry).map(({ id }) => id);
  const gone = present
    .filter((id) => !wanted.includes(id))
    .map((id) => ({ id, type: "Contact", _destroy: true }) as const);
  const added = wanted.filter((id) => !present.includes(id)).map((id) => ({ id, type: "Contact" }) as const);
  return gone.length + added.length === 0 ? undefined : [...gone, ...added];
}

/** Clients send the time along with whatever else they change: the same one does not make an hour of a whole day. */
function newTimes(entry: CalendarEntry, { durationMinutes, startsAt }: AppointmentToUpdate): EntryFields {
  if (startsAt === undefined || durationMinutes === undefined) return {};
  if (momentOf(entry.start_at) === startsAt && durationOf(entry) === durationMinutes) return {};
  return { ...timesOf(startsAt, durationMinutes), ...(entry.all_day === true && { all_day: false }) };
}

function timesOf(startsAt: number, durationMinutes: number): Pick<EntryFields, "start_at" | "end_at"> {
  return { start_at: timestamp(startsAt), end_at: timestamp(startsAt + durationMinutes * MINUTE_MS) };
}

/** A day, where a whole day ends when it begins. */
function durationOf({ all_day: isAllDay, end_at: end, start_at: start }: CalendarEntry): number | undefined {
  const [startsAt, endsAt] = [momentOf(start), momentOf(end)];
  if (startsAt === undefined || endsAt === undefined) return undefined;
  const minutes = Math.max(0, Math.round((endsAt - startsAt) / MINUTE_MS));
  return minutes === 0 && isAllDay === true ? DAY_MINUTES : minutes;
}

function momentOf(text: string | null | undefined): number | undefined {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? undefined : at;
}

function idsOf(contacts: readonly AppointmentContact[]): number[] {
  return [...new Set(contacts.map(({ id }) => clioId(id)))];
}

function noSuchStatus(): TrunklineError {
  const sentence = `Clio's calendar has no status of its own; here an appointment is ${STATUSES.join(" or ")}, nothing else.`;
  return new TrunklineError("unsupported", sentence);
}

function notCancelled(): TrunklineError {
  const sentence = "Clio keeps no appointment that is called off: cancel it instead, and it is deleted.";
  return new TrunklineError("unsupported", sentence);
}
