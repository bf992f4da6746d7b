/** Contacts of the Demo CRM, each with its deals. */

import type { Contact, ContactToCreate, CrmContext, FieldOption } from "../../sdk/connector.ts";
import {
  ContactPage,
  type DemoContact,
  DemoContact as DemoContactSchema,
  type DemoDeal,
  DealPage,
  PAGE_LIMIT,
} from "./schemas.ts";

/**
 * Searches by E.164 and, where that finds nobody, by the national number; every hit is checked against the number here.
 * Cost: 1 search (2 for nobody) and 1 list of deals per contact, side by side.
 */
export async function findContact(
  context: CrmContext,
  { phone }: { phone: ContactToCreate["phone"] },
): Promise<Contact[]> {
  const terms = [...new Set([phone.e164 ?? phone.digits, phone.national])];
  for (const term of terms) {
    const page = await context.crm.get("/api/contacts", { query: { phone: term, limit: PAGE_LIMIT }, as: ContactPage });
    const callers = page.items.filter((contact) => numbersOf(contact).some((number) => phone.matches(number)));
    if (callers.length > 0) return withDeals(context, callers, phone.matches);
  }
  return [];
}

/** Cost: 1 search and 1 list of deals per contact, side by side. */
export async function findContactWithName(context: CrmContext, { name }: { name: string }): Promise<Contact[]> {
  const page = await context.crm.get("/api/contacts", { query: { name, limit: PAGE_LIMIT }, as: ContactPage });
  return withDeals(context, page.items, () => true);
}

export async function createContact({ crm }: CrmContext, { phone, name, type }: ContactToCreate): Promise<Contact> {
  const created = await crm.post("/api/contacts", {
    json: { name, type: type ?? "Contact", phones: [{ label: "work", number: phone.e164 ?? phone.raw }] },
    as: DemoContactSchema,
  });
  return contactFrom(created, [], () => true);
}

function withDeals(
  { crm }: CrmContext,
  contacts: DemoContact[],
  isTheirs: (number: string) => boolean,
): Promise<Contact[]> {
  return Promise.all(
    contacts.map(async (contact) => {
      const deals = await crm.get("/api/deals", { query: { contactId: contact.id, limit: PAGE_LIMIT }, as: DealPage });
      return contactFrom(contact, deals.items, isTheirs);
    }),
  );
}

function contactFrom(contact: DemoContact, deals: readonly DemoDeal[], isTheirs: (number: string) => boolean): Contact {
  const numbers = numbersOf(contact);
  const phone = numbers.find((number) => isTheirs(number)) ?? numbers[0];
  return {
    id: String(contact.id),
    name: contact.name,
    type: contact.type ?? "Contact",
    ...(phone === undefined ? {} : { phone }),
    ...(contact.title ? { title: contact.title } : {}),
    ...(contact.email ? { email: contact.email } : {}),
    ...(contact.organization ? { organization: contact.organization } : {}),
    ...(contact.createdAt ? { createdDate: contact.createdAt } : {}),
    // A form without deals shows no field for them: the key is there only when there is a choice.
    additionalInfo: deals.length === 0 ? {} : { deals: deals.toSorted(openFirst).map(optionFrom) },
  };
}

function numbersOf(contact: DemoContact): string[] {
  return (contact.phones ?? []).map(({ number }) => number);
}

function openFirst(one: DemoDeal, other: DemoDeal): number {
  return Number(isClosed(one)) - Number(isClosed(other));
}

function optionFrom(deal: DemoDeal): FieldOption {
  return { const: String(deal.id), title: isClosed(deal) ? `${deal.title} (${deal.status})` : deal.title };
}

function isClosed({ status }: DemoDeal): boolean {
  return status !== undefined && status !== null && status !== "open";
}
