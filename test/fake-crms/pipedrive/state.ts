/** What a fake Pipedrive company holds, and how a test fills it. */

import { randomUUID } from "node:crypto";

export interface FakeUser {
  id: number;
  name: string;
  email: string;
  timezoneName: string;
  active: boolean;
}

export interface FakePerson {
  id: number;
  name: string;
  phones: string[];
  emails: string[];
  organization: { id: number; name: string } | null;
  /** False while the search index lags behind. */
  indexed: boolean;
}

export interface FakeDeal {
  id: number;
  title: string;
  personId: number;
  status: "open" | "won" | "lost";
}

export interface FakeLead {
  id: string;
  title: string;
  personId: number;
}

export interface FakeActivityType {
  name: string;
  key: string;
  active: boolean;
}

export interface FakeActivity {
  id: number;
  subject: string;
  type: string;
  ownerId: number;
  note: string;
  done: boolean;
  dueDate: string | null;
  dueTime: string | null;
  duration: string | null;
  personId: number | null;
  dealId: number | null;
  leadId: string | null;
  orgId: number | null;
  deleted: boolean;
  addTime: number;
  updateTime: number;
}

export interface PipedriveState {
  company: { id: number; name: string; domain: string };
  users: FakeUser[];
  persons: FakePerson[];
  deals: FakeDeal[];
  leads: FakeLead[];
  activityTypes: FakeActivityType[];
  activities: FakeActivity[];
  /** A number that nothing has yet. */
  newId(): number;
  addUser(user?: Partial<FakeUser>): FakeUser;
  addPerson(person: Partial<FakePerson> & { name: string }): FakePerson;
  addDeal(deal: Omit<FakeDeal, "id" | "status"> & Partial<FakeDeal>): FakeDeal;
  addLead(lead: Omit<FakeLead, "id">): FakeLead;
  addActivity(activity: Partial<FakeActivity>): FakeActivity;
}

export function createPipedriveState(): PipedriveState {
  let lastId = 1000;
  const newId = () => ++lastId;
  const state: PipedriveState = {
    company: { id: 77_001, name: "Acme & Sons", domain: "acme-sandbox" },
    users: [],
    persons: [],
    deals: [],
    leads: [],
    activityTypes: [
      { name: "Deadline", key: "deadline", active: true },
      { name: "Old call", key: "old_call", active: false },
      { name: "Phone Call", key: "call", active: true },
      { name: "Sales call", key: "sales_call", active: true },
      { name: "SMS", key: "sms", active: true },
    ],
    activities: [],
    newId,
    addUser: (user = {}) =>
      kept(state.users, {
        id: newId(),
        name: "Ann Agent",
        email: "ann@example.com",
        timezoneName: "America/New_York",
        active: true,
        ...user,
      }),
    addPerson: (person) =>
      kept(state.persons, { id: newId(), phones: [], emails: [], organization: null, indexed: true, ...person }),
    addDeal: (deal) => kept(state.deals, { id: newId(), status: "open", ...deal }),
    addLead: (lead) => kept(state.leads, { id: randomUUID(), ...lead }),
    addActivity: (activity) => {
      const now = Date.now();
      return kept(state.activities, {
        id: newId(),
        subject: "Call",
        type: "call",
        ownerId: state.users[0]?.id ?? 0,
        note: "",
        done: false,
        dueDate: null,
        dueTime: null,
        duration: null,
        personId: null,
        dealId: null,
        leadId: null,
        orgId: null,
        deleted: false,
        addTime: now,
        updateTime: now,
        ...activity,
      });
    },
  };
  return state;
}

function kept<T>(list: T[], item: T): T {
  list.push(item);
  return item;
}
