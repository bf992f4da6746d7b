/** Appointments on the wire. */

import { type Static, Type } from "typebox";
import type { NewAppointment as WantedAppointment } from "../../core/appointments.ts";
import type { Appointment, AppointmentContact, AppointmentToUpdate } from "../../sdk/appointments.ts";
import { defined } from "../../sdk/defined.ts";
import { badInput } from "../../sdk/errors.ts";
import { momentFrom } from "./moment.ts";

const Id = Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Number()]);
const Text = Type.Optional(Type.String());
const Contacts = Type.Array(
  Type.Union([Id, Type.Object({ id: Id, type: Text, contactType: Text }, { additionalProperties: true })]),
  { maxItems: 50 },
);
const Title = Type.String({ minLength: 1, maxLength: 1_000 });
const Summary = Type.String({ maxLength: 50_000 });
/** A week: whatever takes longer is no appointment. */
const Minutes = Type.Integer({ minimum: 1, maximum: 7 * 24 * 60 });

export const NewAppointment = Type.Object(
  {
    title: Title,
    summary: Summary,
    startTimeUtc: Type.String({ description: "ISO 8601 with its offset from UTC." }),
    durationMinutes: Minutes,
    contacts: Type.Optional(Contacts),
  },
  { additionalProperties: true },
);

export const AppointmentChange = Type.Object(
  {
    title: Type.Optional(Title),
    summary: Type.Optional(Summary),
    startTimeUtc: Text,
    startTime: Type.Optional(Type.String({ description: "The older name of startTimeUtc." })),
    durationMinutes: Type.Optional(Minutes),
    contacts: Type.Optional(Contacts),
  },
  { additionalProperties: true },
);

export const WireAppointment = Type.Object(
  {
    id: Type.String(),
    thirdPartyAppointmentId: Type.String(),
    title: Type.String(),
    description: Type.String(),
    summary: Type.String({ description: "The same as description, under its older name." }),
    participantName: Type.String(),
    startTimeUtc: Text,
    durationMinutes: Type.Optional(Type.Number()),
    status: Text,
    contactId: Text,
    contactType: Text,
    attendees: Type.Array(Type.Object({ id: Type.String(), name: Text, type: Text, status: Text, email: Text })),
    attendeeIds: Type.Array(Type.String()),
  },
  { title: "Appointment" },
);

export function newAppointmentFrom(body: Static<typeof NewAppointment>): WantedAppointment {
  const { contacts = [], durationMinutes, startTimeUtc, summary, title } = body;
  return {
    title,
    summary,
    startsAt: startFrom("startTimeUtc", startTimeUtc),
    durationMinutes,
    contacts: contacts.map(contactFrom),
  };
}

export function appointmentChangeFrom(id: string, body: Static<typeof AppointmentChange>): AppointmentToUpdate {
  const { contacts, durationMinutes, startTime, startTimeUtc, summary, title } = body;
  const [field, start] = startTimeUtc === undefined ? ["startTime", startTime] : ["startTimeUtc", startTimeUtc];
  if ((start === undefined) !== (durationMinutes === undefined)) {
    const [missing, given] = start === undefined ? ["startTimeUtc", "durationMinutes"] : ["durationMinutes", field];
    throw badInput(missing, `is required together with ${given}`);
  }
  const change = {
    title,
    summary,
    durationMinutes,
    startsAt: start === undefined ? undefined : startFrom(field, start),
    contacts: contacts?.map(contactFrom),
  };
  if (Object.values(change).some((value) => value !== undefined)) return { id, ...change };
  throw badInput("The body", "must hold at least one of title, summary, contacts, startTimeUtc with durationMinutes");
}

export function wireAppointment(appointment: Appointment): Static<typeof WireAppointment> {
  const { attendees, durationMinutes, id, startsAt, status, summary, title } = appointment;
  const [first] = attendees;
  return defined({
    id,
    thirdPartyAppointmentId: id,
    title,
    description: summary,
    summary,
    participantName: first?.name ?? "",
    startTimeUtc: startsAt === undefined ? undefined : new Date(startsAt).toISOString(),
    durationMinutes,
    status,
    contactId: first?.id,
    contactType: first?.type,
    attendees: attendees.map((attendee) => ({ ...attendee })),
    attendeeIds: attendees.map((attendee) => attendee.id),
  });
}

/** A time without its offset would be guessed, and somebody would wait in vain. */
const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/;

function startFrom(field: string, text: string): number {
  const at = WITH_OFFSET.test(text) ? momentFrom(field, text) : undefined;
  if (at === undefined) throw badInput(field, "must be an ISO 8601 time with its offset, such as 2026-11-24T09:00:00Z");
  return at;
}

function contactFrom(contact: Static<typeof Contacts>[number]): AppointmentContact {
  if (typeof contact !== "object") return { id: String(contact) };
  const { contactType, id, type = contactType } = contact;
  return { id: String(id), type };
}
