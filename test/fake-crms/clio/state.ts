/** What a fake Clio account holds, and how a test puts things into it. */

export interface ClioUser {
  id: number;
  name: string;
  email: string | null;
  time_zone: string;
  enabled: boolean;
}

export interface ClioContact {
  id: number;
  type: "Person" | "Company";
  name: string;
  title: string | null;
  email: string | null;
  company: number | null;
  /** As people typed them. */
  phones: string[];
  created_at: string;
  /** False while the search index lags behind. */
  indexed: boolean;
}

export interface ClioMatter {
  id: number;
  display_number: string;
  description: string;
  status: "Open" | "Pending" | "Closed";
  client: number;
}

export interface ClioRelationship {
  id: number;
  description: string;
  contact: number;
  matter: number;
}

export interface ClioParticipant {
  id: number;
  type: "User" | "Contact";
}

export interface ClioCommunication {
  id: number;
  type: "PhoneCommunication" | "EmailCommunication";
  subject: string;
  body: string;
  received_at: string;
  matter: number | null;
  senders: ClioParticipant[];
  receivers: ClioParticipant[];
  external_properties: { id: number; name: string; value: string }[];
}

export interface ClioActivity {
  id: number;
  type: "TimeEntry";
  date: string;
  /** Seconds. */
  quantity: number;
  note: string;
  non_billable: boolean;
  billed: boolean;
  communication: number | null;
  matter: number | null;
  user: number;
}

export interface ClioDocument {
  id: number;
  name: string;
  content_type: string;
  parent: { id: number; type: "Matter" | "Contact" };
  uuid: string;
  fully_uploaded: boolean;
  /** What arrived at the storage. */
  bytes: Buffer | undefined;
}

export interface ClioCalendar {
  id: number;
  type: "AccountCalendar" | "UserCalendar";
  name: string;
  /** Null for the firm's, which everybody may write to. */
  owner: number | null;
}

export interface ClioAttendee {
  /** The contact's or the calendar's. */
  id: number;
  type: "Contact" | "Calendar";
}

export interface ClioCalendarEntry {
  id: number;
  /** Counts the changes: the ETag is made of it. */
  version: number;
  summary: string;
  description: string;
  start_at: string;
  end_at: string;
  all_day: boolean;
  /** Such as "FREQ=WEEKLY;COUNT=3", which is all that this fake understands. */
  recurrence_rule: string | null;
  parent_calendar_entry_id: number | null;
  calendar: number;
  attendees: ClioAttendee[];
  matter: number | null;
  external_properties: { id: number; name: string; value: string }[];
  /** Whether the attendees were sent an e-mail. */
  notified: boolean;
}

export interface ClioState {
  account: { id: number; name: string };
  users: ClioUser[];
  contacts: ClioContact[];
  matters: ClioMatter[];
  relationships: ClioRelationship[];
  communications: ClioCommunication[];
  activities: ClioActivity[];
  documents: ClioDocument[];
  calendars: ClioCalendar[];
  calendarEntries: ClioCalendarEntry[];
  /** Ids are unique over everything. */
  newId(): number;
  addContact(contact: Partial<ClioContact> & { name: string }): ClioContact;
  addMatter(matter: Partial<ClioMatter> & { client: number }): ClioMatter;
  addCalendarEntry(
    entry: Partial<ClioCalendarEntry> & Pick<ClioCalendarEntry, "calendar" | "start_at" | "end_at">,
  ): ClioCalendarEntry;
  calendarOf(user: Pick<ClioUser, "id">): ClioCalendar;
  /** Relates a contact to somebody else's matter. */
  relate(contact: number, matter: number): void;
}

export function createClioState(): ClioState {
  let lastId = 345_000_000;
  const newId = () => (lastId += 7);
  const state: ClioState = {
    account: { id: 8_800, name: "Hall & Partners" },
    users: [],
    contacts: [],
    matters: [],
    relationships: [],
    communications: [],
    activities: [],
    documents: [],
    calendars: [],
    calendarEntries: [],
    newId,
    addContact(contact) {
      const added: ClioContact = {
        id: newId(),
        type: "Person",
        title: null,
        email: null,
        company: null,
        phones: [],
        created_at: "2026-01-05T09:00:00Z",
        indexed: true,
        ...contact,
      };
      state.contacts.push(added);
      return added;
    },
    addMatter(matter) {
      const id = newId();
      const added: ClioMatter = {
        id,
        display_number: `${id}-Matter`,
        description: "Advice",
        status: "Open",
        ...matter,
      };
      state.matters.push(added);
      return added;
    },
    addCalendarEntry(entry) {
      const added: ClioCalendarEntry = {
        id: newId(),
        version: 1,
        summary: "Meeting",
        description: "",
        all_day: false,
        recurrence_rule: null,
        parent_calendar_entry_id: null,
        attendees: [],
        matter: null,
        external_properties: [],
        notified: false,
        ...entry,
      };
      state.calendarEntries.push(added);
      return added;
    },
    calendarOf({ id }) {
      const own = state.calendars.find(({ owner }) => owner === id);
      if (own === undefined) throw new Error(`The user ${id} has no calendar.`);
      return own;
    },
    relate(contact, matter) {
      state.relationships.push({ id: newId(), description: "Witness", contact, matter });
    },
  };
  state.users.push(
    { id: newId(), name: "Ann Hall", email: "ann@hall.example", time_zone: "America/Los_Angeles", enabled: true },
    { id: newId(), name: "Ben Ode", email: null, time_zone: "Europe/London", enabled: true },
    { id: newId(), name: "Gone Long", email: "gone@hall.example", time_zone: "Europe/London", enabled: false },
  );
  state.calendars.push({ id: newId(), type: "AccountCalendar", name: "Firm", owner: null });
  for (const { id, name } of state.users) state.calendars.push({ id: newId(), type: "UserCalendar", name, owner: id });
  return state;
}
