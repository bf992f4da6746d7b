/** Records as Pipedrive answers them, and its bodies for what it refuses. */

import type { FakeActivity, FakeDeal, FakeLead, FakePerson, FakeUser, PipedriveState } from "./state.ts";

export function refusal(status: number, message: string): object {
  const code = status === 404 ? "ERR_NOT_FOUND" : "ERR_BAD_REQUEST";
  return { success: false, error: message, code, error_info: "See developers.pipedrive.com." };
}

export function userAnswer(user: FakeUser, { company }: PipedriveState) {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    phone: null,
    timezone_name: user.timezoneName,
    timezone_offset: "-05:00",
    active_flag: user.active,
    is_deleted: false,
    company_id: company.id,
    company_name: company.name,
    company_domain: company.domain,
  };
}

export function foundPerson(person: FakePerson) {
  return {
    id: person.id,
    type: "person",
    name: person.name,
    phones: person.phones,
    emails: person.emails,
    visible_to: 3,
    owner: { id: 1 },
    organization: person.organization && { ...person.organization, address: null },
    custom_fields: [],
    notes: [],
  };
}

export function personAnswer(person: FakePerson) {
  return {
    id: person.id,
    name: person.name,
    org_id: person.organization?.id ?? null,
    phones: person.phones.map((value, at) => ({ value, primary: at === 0, label: "work" })),
    emails: person.emails.map((value, at) => ({ value, primary: at === 0, label: "work" })),
    is_deleted: false,
  };
}

export function dealAnswer({ id, title, personId, status }: FakeDeal) {
  return { id, title, person_id: personId, org_id: null, status, is_deleted: false, probability: null };
}

export function leadAnswer({ id, title, personId }: FakeLead) {
  return { id, title, person_id: personId, organization_id: null, is_archived: false };
}

export function activityAnswer(activity: FakeActivity) {
  return {
    id: activity.id,
    subject: activity.subject,
    type: activity.type,
    owner_id: activity.ownerId,
    is_deleted: activity.deleted,
    add_time: timestamp(activity.addTime),
    update_time: timestamp(activity.updateTime),
    deal_id: activity.dealId,
    lead_id: activity.leadId,
    person_id: activity.personId,
    org_id: activity.orgId,
    project_id: null,
    due_date: activity.dueDate,
    due_time: activity.dueTime === null ? null : `${activity.dueTime}:00`,
    duration: activity.duration === null ? null : `${activity.duration}:00`,
    done: activity.done,
    participants: activity.personId === null ? [] : [{ person_id: activity.personId, primary: true }],
    note: activity.note,
  };
}

function timestamp(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+/, "");
}
