/** Appointments, for connectors whose CRM has a calendar. Times in epoch milliseconds. */

import type { CrmContext } from "./connector.ts";

export interface AppointmentContact {
  id: string;
  type?: string | undefined;
}

export interface AppointmentToCreate {
  /** Says that the appointment is this one: store it where `findAppointments` can find it. The same wish has the same marker. */
  marker: string;
  title: string;
  summary: string;
  startsAt: number;
  /** Whole, and at least one. */
  durationMinutes: number;
  contacts: readonly AppointmentContact[];
}

/** Members that are absent stay as they are; start and duration come together or not at all. */
export interface AppointmentToUpdate {
  id: string;
  title?: string | undefined;
  summary?: string | undefined;
  startsAt?: number | undefined;
  durationMinutes?: number | undefined;
  /** All of them, in place of those that stand there. */
  contacts?: readonly AppointmentContact[] | undefined;
  /** In lower case, in the CRM's own words; throw `unsupported` where it cannot be set. */
  status?: string | undefined;
}

/** Whole days of the user's time zone, as dates and as moments: from the beginning of the first to the end of the last. */
export interface AppointmentRange {
  startDate: string;
  endDate: string;
  from: number;
  /** The first moment that does not belong to it. */
  to: number;
}

export interface AppointmentAttendee {
  id: string;
  name?: string;
  type?: string;
  status?: string;
  email?: string;
}

/** What confirming an appointment, or calling it off, came to. */
export interface AppointmentAct {
  /** As it stands now; left out where nothing is left to show. */
  appointment?: Appointment | undefined;
  /** A sentence for the person, where the CRM does something else than the word says, such as deleting what is called off. */
  said?: string;
}

/** An appointment as the CRM holds it now. */
export interface Appointment {
  id: string;
  title: string;
  summary: string;
  startsAt?: number;
  durationMinutes?: number;
  /** In the CRM's own words. */
  status?: string;
  /** The contacts, without the user. */
  attendees: readonly AppointmentAttendee[];
}

/** What a connector may offer of these, each for itself. */
export interface AppointmentFunctions {
  /** Those of the user's own calendar that have to do with the range; a series once for each time that it takes place. */
  listAppointments?(context: CrmContext, range: AppointmentRange): Promise<Appointment[]>;
  createAppointment?(context: CrmContext, appointment: AppointmentToCreate): Promise<Appointment>;
  updateAppointment?(context: CrmContext, change: AppointmentToUpdate): Promise<Appointment>;
  refreshAppointment?(context: CrmContext, appointment: { id: string }): Promise<Appointment>;
  confirmAppointment?(context: CrmContext, appointment: { id: string }): Promise<AppointmentAct>;
  cancelAppointment?(context: CrmContext, appointment: { id: string }): Promise<AppointmentAct>;
  /**
   * Those that were created with this marker and have not been called off. It is asked before each creation, and after one whose
   * answer was lost; without it, an appointment that is posted again stands there twice.
   */
  findAppointments?(context: CrmContext, search: { marker: string }): Promise<Appointment[]>;
}
