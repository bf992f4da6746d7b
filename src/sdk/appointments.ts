/** Appointments, for connectors whose CRM has a calendar. Times in epoch milliseconds. */

export interface AppointmentContact {
  id: string;
  type?: string | undefined;
}

export interface AppointmentToCreate {
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
