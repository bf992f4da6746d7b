/** Appointments, where a connector exports their functions: handed over and read in App Connect's own shapes. */

import type {
  Appointment,
  AppointmentAct,
  AppointmentAttendee,
  AppointmentRange,
  AppointmentToCreate,
  AppointmentToUpdate,
} from "../sdk/appointments.ts";
import type { Connector, CrmContext } from "../sdk/connector.ts";
import { defined } from "../sdk/defined.ts";
import { idIn, membersIn, textIn, wordsIn } from "./answers.ts";
import { type Answered, ask, type Callee } from "./calling.ts";
import { isMembers, type Members } from "./exports.ts";
import type { Aim } from "./failures.ts";

const NAMES = [
  "listAppointments",
  "createAppointment",
  "updateAppointment",
  "refreshAppointment",
  "confirmAppointment",
  "cancelAppointment",
] as const;
type Name = (typeof NAMES)[number];

export function appointmentFunctions(callee: Callee): Pick<Connector, Name> {
  async function asked(context: CrmContext, name: Name, aim: Aim, more: Members): Promise<Answered> {
    const answered = await ask(callee, context, { name, aim, input: (session) => ({ ...session, ...more }) });
    if (membersIn(answered.value)["successful"] === false) throw answered.refused(wordsIn(answered.value));
    return answered;
  }

  async function acted(context: CrmContext, name: Name, appointmentId: string): Promise<AppointmentAct> {
    const { value } = await asked(context, name, "update", { appointmentId });
    return { appointment: appointmentFrom(membersIn(value)["appointment"]) };
  }

  const all: Required<Pick<Connector, Name>> = {
    async listAppointments(context, { startDate, endDate }: AppointmentRange) {
      const range = { startDate, endDate };
      const answered = await asked(context, "listAppointments", "read", { range, ...range });
      const { appointments } = membersIn(answered.value);
      if (!Array.isArray(appointments)) throw answered.refused(wordsIn(answered.value));
      return appointments.flatMap((appointment: unknown) => appointmentFrom(appointment) ?? []);
    },

    async createAppointment(context, wanted: AppointmentToCreate) {
      const answered = await asked(context, "createAppointment", "create", { payload: fieldsOf(wanted) });
      const { appointment, appointmentId } = membersIn(answered.value);
      const id = idIn(appointmentId);
      const created = appointmentFrom(appointment) ?? (id === undefined ? undefined : { id, ...wanted, attendees: [] });
      if (created === undefined) throw answered.refused(wordsIn(answered.value));
      return created;
    },

    async updateAppointment(context, { id, status, ...change }: AppointmentToUpdate) {
      const patchBody = defined({ ...fieldsOf(change), status });
      const answered = await asked(context, "updateAppointment", "update", { appointmentId: id, patchBody });
      return shown(answered);
    },

    async refreshAppointment(context, { id }) {
      return shown(await asked(context, "refreshAppointment", "read", { appointmentId: id }));
    },

    confirmAppointment: (context, { id }) => acted(context, "confirmAppointment", id),
    cancelAppointment: (context, { id }) => acted(context, "cancelAppointment", id),
  };
  const { functions } = callee.exports;
  return Object.fromEntries(NAMES.filter((name) => functions.has(name)).map((name) => [name, all[name]]));
}

function fieldsOf({ contacts, durationMinutes, startsAt, summary, title }: Omit<AppointmentToUpdate, "id">): Members {
  return defined({
    title,
    summary,
    startTimeUtc: startsAt === undefined ? undefined : new Date(startsAt).toISOString(),
    durationMinutes,
    contacts: contacts?.map((contact) => defined({ ...contact })),
  });
}

function shown(answered: Answered): Appointment {
  const appointment = appointmentFrom(membersIn(answered.value)["appointment"]);
  if (appointment === undefined) throw answered.refused(wordsIn(answered.value));
  return appointment;
}

function appointmentFrom(value: unknown): Appointment | undefined {
  const members = membersIn(value);
  const id = idIn(members["id"]);
  if (id === undefined) return undefined;
  const { durationMinutes } = members;
  const startsAt = Date.parse(textIn(members["startTimeUtc"]) ?? "");
  return {
    id,
    title: textIn(members["title"]) ?? "",
    summary: textIn(members["description"]) ?? textIn(members["summary"]) ?? "",
    ...defined({
      startsAt: Number.isNaN(startsAt) ? undefined : startsAt,
      durationMinutes: typeof durationMinutes === "number" ? durationMinutes : undefined,
      status: textIn(members["status"]),
    }),
    attendees: attendeesIn(members),
  };
}

/** Objects in some connectors, bare ids in others, and in yet others the one contact alone. */
function attendeesIn({
  attendeeIds,
  attendees,
  contactId,
  contactType,
  participantName,
}: Members): AppointmentAttendee[] {
  if (Array.isArray(attendees) && attendees.length > 0) {
    return attendees.filter(isMembers).flatMap(({ email, id, name, status, type }) => {
      const known = idIn(id);
      if (known === undefined) return [];
      return [
        {
          id: known,
          ...defined({ name: textIn(name), type: textIn(type), status: textIn(status), email: textIn(email) }),
        },
      ];
    });
  }
  const id = idIn(contactId);
  if (id !== undefined) return [{ id, ...defined({ name: textIn(participantName), type: textIn(contactType) }) }];
  return (Array.isArray(attendeeIds) ? attendeeIds : []).flatMap((one: unknown) => {
    const known = idIn(one);
    return known === undefined ? [] : [{ id: known }];
  });
}
