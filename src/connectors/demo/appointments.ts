/** Appointments in the Demo CRM's calendar. */

import type {
  Appointment,
  AppointmentAct,
  AppointmentRange,
  AppointmentToCreate,
  AppointmentToUpdate,
} from "../../sdk/appointments.ts";
import type { CrmContext } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import { AppointmentPage, DemoAppointment, PAGE_LIMIT } from "./schemas.ts";

const STATUSES = ["scheduled", "confirmed", "cancelled"];

/** Cost: 1 request for each thousand. */
export async function listAppointments({ crm }: CrmContext, { from, to }: AppointmentRange): Promise<Appointment[]> {
  const found: Appointment[] = [];
  let cursor: string | undefined;
  do {
    const query = { from, to, cursor, limit: PAGE_LIMIT };
    const page: AppointmentPage = await crm.get("/api/appointments", { query, as: AppointmentPage });
    found.push(...page.items.map(appointmentFrom));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

/** Cost: 1 request. */
export async function createAppointment({ crm }: CrmContext, wanted: AppointmentToCreate): Promise<Appointment> {
  const { contacts, durationMinutes, marker, startsAt, summary, title } = wanted;
  const contactIds = contacts.map(({ id }) => id);
  const json = { title, description: summary, startsAt, durationMinutes, contactIds, externalId: marker };
  return appointmentFrom(await crm.post("/api/appointments", { json, as: DemoAppointment }));
}

/** Cost: 1 request. */
export async function updateAppointment({ crm }: CrmContext, change: AppointmentToUpdate): Promise<Appointment> {
  const { contacts, durationMinutes, id, startsAt, status, summary, title } = change;
  if (status !== undefined && !STATUSES.includes(status)) {
    throw new TrunklineError("unsupported", `An appointment in the Demo CRM is ${STATUSES.join(", ")}, nothing else.`);
  }
  const contactIds = contacts?.map((contact) => contact.id);
  const json = { title, description: summary, startsAt, durationMinutes, status, contactIds };
  return appointmentFrom(await crm.patch(path`/api/appointments/${id}`, { json, as: DemoAppointment }));
}

/** Cost: 1 request. */
export async function refreshAppointment({ crm }: CrmContext, { id }: { id: string }): Promise<Appointment> {
  return appointmentFrom(await crm.get(path`/api/appointments/${id}`, { as: DemoAppointment }));
}

export async function confirmAppointment(context: CrmContext, { id }: { id: string }): Promise<AppointmentAct> {
  return { appointment: await updateAppointment(context, { id, status: "confirmed" }) };
}

/** It stays in the calendar, crossed out. */
export async function cancelAppointment(context: CrmContext, { id }: { id: string }): Promise<AppointmentAct> {
  return { appointment: await updateAppointment(context, { id, status: "cancelled" }) };
}

/** Cost: 1 request. */
export async function findAppointments({ crm }: CrmContext, { marker }: { marker: string }): Promise<Appointment[]> {
  const query = { externalId: marker, limit: PAGE_LIMIT };
  const page = await crm.get("/api/appointments", { query, as: AppointmentPage });
  return page.items.filter(({ status }) => status !== "cancelled").map(appointmentFrom);
}

function appointmentFrom(appointment: DemoAppointment): Appointment {
  const { contacts, description, durationMinutes, id, startsAt, status, title } = appointment;
  return {
    id: String(id),
    title,
    summary: description,
    startsAt: Date.parse(startsAt),
    durationMinutes,
    status,
    attendees: contacts.map((contact) => ({
      id: String(contact.id),
      name: contact.name,
      ...(contact.type ? { type: contact.type } : {}),
      ...(contact.email ? { email: contact.email } : {}),
    })),
  };
}
