/** Pipedrive persons: who is calling, and who should be created. */

import type {
  AdditionalInfo,
  CallerNumber,
  Contact,
  ContactToCreate,
  CrmContext,
  FieldOption,
} from "../../sdk/connector.ts";
import type { CrmClient } from "../../sdk/crm-http.ts";
import { cursorIn, everyPage, PAGE_LIMIT, positionAfter } from "./pages.ts";
import { DealPage, type FoundPerson, LeadPage, Person, PersonPage, type Titled } from "./schemas.ts";

/** The most relevant persons of a name: each costs two more requests, and a person picks one of them. */
const MOST_NAMESAKES = 20;

/**
 * Searches by the national significant number, which every way of writing a number contains. How the vendor compares stored
 * punctuation is not documented ("Search persons", v2, snapshot 2026-08-18), so every hit is checked against the number here.
 *
 * Cost: 1 search + 2 lists per person, in two rounds. `itemSearch` with `search_for_related_items` could answer all at once,
 * also with one of the ten searches per two seconds; but it needs the wider scope `search:read`, ends at the 100 newest deals
 * and leads, and reads both from the search index, which lags behind.
 */
export async function findContact({ crm }: CrmContext, { phone }: { phone: CallerNumber }): Promise<Contact[]> {
  const found = await everyPage(async (cursor: string | undefined) => {
    const query = { term: phone.national, fields: "phone", limit: PAGE_LIMIT, cursor };
    const page = await crm.get("/api/v2/persons/search", { query, as: PersonPage });
    return { items: page.data.items.map(({ item }) => item), next: cursorIn(page) };
  });
  const callers = found.flatMap((person) => {
    const number = person.phones?.find((stored) => phone.matches(stored));
    return number === undefined ? [] : [{ person, number }];
  });
  return Promise.all(callers.map(({ person, number }) => withChoices(crm, person, number)));
}

/** Cost: 1 search + 2 lists per person, in two rounds, for the 20 most relevant persons. */
export async function findContactWithName({ crm }: CrmContext, { name }: { name: string }): Promise<Contact[]> {
  const page = await crm.get("/api/v2/persons/search", {
    query: {
      term: name,
      fields: "name",
      limit: MOST_NAMESAKES,
      // Terms of one character are allowed only so.
      exact_match: name.length < 2 ? true : undefined,
    },
    as: PersonPage,
  });
  return Promise.all(page.data.items.map(({ item }) => withChoices(crm, item, item.phones?.[0])));
}

/** Cost: 1 request. */
export async function createContact({ crm }: CrmContext, { phone, name }: ContactToCreate): Promise<Contact> {
  const number = phone.e164 ?? phone.raw;
  const created = await crm.post("/api/v2/persons", {
    json: { name, phones: [{ value: number, primary: true, label: "work" }] },
    as: Person,
  });
  const { id } = created.data;
  return { id: String(id), name: created.data.name, type: "contact", phone: number, additionalInfo: {} };
}

/** With the open deals, the leads and the organization that a log can be linked with. */
async function withChoices(crm: CrmClient, person: FoundPerson, phone: string | undefined): Promise<Contact> {
  const [deals, leads] = await Promise.all([openDealsOf(crm, person), leadsOf(crm, person)]);
  const { organization } = person;
  const email = person.emails?.[0];
  return {
    id: String(person.id),
    name: person.name,
    type: "contact",
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
    ...(organization ? { organization: organization.name } : {}),
    additionalInfo: choicesFrom({
      deals,
      leads,
      organization: organization ? [{ id: organization.id, title: organization.name }] : [],
    }),
  };
}

function openDealsOf(crm: CrmClient, person: FoundPerson): Promise<Titled[]> {
  return everyPage(async (cursor: string | undefined) => {
    const query = { person_id: person.id, status: "open", limit: PAGE_LIMIT, cursor };
    const page = await crm.get("/api/v2/deals", { query, as: DealPage });
    return { items: page.data ?? [], next: cursorIn(page) };
  });
}

function leadsOf(crm: CrmClient, person: FoundPerson): Promise<Titled[]> {
  return everyPage(async (start: number = 0) => {
    const query = { person_id: person.id, limit: PAGE_LIMIT, start };
    const page = await crm.get("/v1/leads", { query, as: LeadPage });
    const items = page.data ?? [];
    return { items, next: positionAfter(page, { start, count: items.length }) };
  });
}

/** A form without deals shows no field for them: a key is there only when there is a choice. */
function choicesFrom(lists: Readonly<Record<string, Titled[]>>): AdditionalInfo {
  const present = Object.entries(lists).filter(([, list]) => list.length > 0);
  return Object.fromEntries(present.map(([field, list]) => [field, list.map(optionFrom)]));
}

/** Ids keep Pipedrive's own type: clients compare a default with them strictly. */
function optionFrom({ id, title }: Titled): FieldOption {
  return { const: id, title };
}
