/** Contacts of Clio, people and companies, each with the matters that a log can be filed under. */

import type { CallerNumber, Contact, ContactToCreate, CrmContext, FieldOption } from "../../sdk/connector.ts";
import { BILLING_OPTIONS } from "./manifest.ts";
import { mattersOf } from "./matters.ts";
import { allPages } from "./pages.ts";
import { type ClioContact, ContactPage, ContactShown, PAGE_LIMIT } from "./schemas.ts";
import { tracksCallTime } from "./settings.ts";

const FIELDS = "id,name,type,title,primary_email_address,created_at,company{name},phone_numbers{number}";
/** Each contact with matters costs 2 requests of 50 a minute: a switchboard's number must not eat them all. */
const MOST_WITH_MATTERS = 10;
/** Parts of anything shorter, such as an extension, would find everybody. */
const SHORTEST_SUBSCRIBER_NUMBER = 7;

/**
 * Clio's `query` is a wild-card search over names, numbers as they were typed and much else ("Contacts", API reference v4),
 * so every hit is compared with the number here. Cost: one search for E.164 and each of the user's formats, then 2 lists for
 * each contact: two rounds. Where that finds nobody, 2 searches more find numbers that were typed in yet another way.
 */
export async function findContact(context: CrmContext, { phone }: { phone: CallerNumber }): Promise<Contact[]> {
  const spelled = await callers(context, phone, phone.spellings);
  const found = spelled.length > 0 ? spelled : await callers(context, phone, fragmentsOf(phone));
  return withMatters(context, found, phone.matches);
}

/** Cost: 1 search, then 2 lists for each of the first ten contacts, side by side. */
export async function findContactWithName(context: CrmContext, { name }: { name: string }): Promise<Contact[]> {
  const page = await context.crm.get("/api/v4/contacts.json", {
    query: { query: name, fields: FIELDS, limit: PAGE_LIMIT },
    as: ContactPage,
  });
  const typed = name.trim().toLowerCase();
  const isNamedSo = (contact: ClioContact) => contact.name.toLowerCase().includes(typed);
  // The search also finds addresses and matters: whoever bears the name comes first.
  const byName = page.data.toSorted((one, other) => Number(isNamedSo(other)) - Number(isNamedSo(one)));
  return withMatters(context, byName, () => true);
}

/**
 * Cost: 1 request. The parts of a person's name are given beside the whole: where Clio cannot infer them it refuses the
 * contact ("Contact Name", API reference v4).
 */
export async function createContact(context: CrmContext, { phone, name, type }: ContactToCreate): Promise<Contact> {
  const number = phone.e164 ?? phone.raw;
  const whole = name.trim() === "" ? number : name.trim();
  const isCompany = type?.toLowerCase() === "company";
  const created = await context.crm.post("/api/v4/contacts.json", {
    query: { fields: FIELDS },
    json: {
      data: {
        type: isCompany ? "Company" : "Person",
        name: whole,
        ...(isCompany ? {} : partsOf(whole)),
        phone_numbers: [{ name: "Work", number, default_number: true }],
      },
    },
    as: ContactShown,
  });
  return contactFrom(context, created.data, [], phone.matches);
}

async function callers({ crm }: CrmContext, phone: CallerNumber, terms: readonly string[]): Promise<ClioContact[]> {
  const hits = await Promise.all(
    terms.map((term) =>
      allPages({ query: term, fields: FIELDS, limit: PAGE_LIMIT }, (query) =>
        crm.get("/api/v4/contacts.json", { query, as: ContactPage }),
      ),
    ),
  );
  const distinct = new Map(hits.flat().map((contact) => [contact.id, contact]));
  return [...distinct.values()].filter((contact) => numbersOf(contact).some((number) => phone.matches(number)));
}

/** What most spellings of a number have in common: its digits without a country, or at least the last four of them. */
function fragmentsOf({ national }: CallerNumber): string[] {
  return national.length < SHORTEST_SUBSCRIBER_NUMBER ? [] : [national, national.slice(-4)];
}

function withMatters(
  context: CrmContext,
  contacts: readonly ClioContact[],
  isTheirs: (number: string) => boolean,
): Promise<Contact[]> {
  return Promise.all(
    contacts.map(async (contact, at) => {
      const matters = at < MOST_WITH_MATTERS ? await mattersOf(context, contact.id) : [];
      return contactFrom(context, contact, matters, isTheirs);
    }),
  );
}

function contactFrom(
  { user }: CrmContext,
  contact: ClioContact,
  matters: FieldOption[],
  isTheirs: (number: string) => boolean,
): Contact {
  const numbers = numbersOf(contact);
  const phone = numbers.find((number) => isTheirs(number)) ?? numbers[0];
  return {
    id: String(contact.id),
    name: contact.name,
    type: contact.type ?? "Person",
    ...(phone === undefined ? {} : { phone }),
    ...(contact.title ? { title: contact.title } : {}),
    ...(contact.primary_email_address ? { email: contact.primary_email_address } : {}),
    ...(contact.company?.name ? { organization: contact.company.name } : {}),
    ...(contact.created_at ? { createdDate: contact.created_at } : {}),
    additionalInfo: {
      // A form without matters shows no field for them: the key is there only when there is a choice.
      ...(matters.length === 0 ? {} : { matters }),
      logTimeEntry: tracksCallTime(user),
      billableStatus: BILLING_OPTIONS,
    },
  };
}

function numbersOf(contact: ClioContact): string[] {
  return (contact.phone_numbers ?? []).flatMap(({ number }) => (number ? [number] : []));
}

function partsOf(name: string): { first_name: string; last_name?: string } {
  const [first = name, ...others] = name.split(/\s+/);
  return others.length === 0 ? { first_name: first } : { first_name: first, last_name: others.join(" ") };
}
