/** The five kinds of records that the CRM keeps. */

import type { DatabaseSync } from "node:sqlite";

import { type Activities, activityStore } from "./activities.ts";
import { type Appointments, appointmentStore } from "./appointments.ts";
import { type Contacts, contactStore } from "./contacts.ts";
import { type Deals, dealStore } from "./deals.ts";
import { type Notes, noteStore } from "./notes.ts";

export interface Records {
  contacts: Contacts;
  deals: Deals;
  activities: Activities;
  notes: Notes;
  appointments: Appointments;
}

export function recordsIn(database: DatabaseSync): Records {
  return {
    contacts: contactStore(database),
    deals: dealStore(database),
    activities: activityStore(database),
    notes: noteStore(database),
    appointments: appointmentStore(database),
  };
}
