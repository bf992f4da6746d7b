/** Who works with Acme, and whom they know. */

import { type Contact, type Connector, type Static, Type } from "trunkline/sdk";

const Me = Type.Object({ id: Type.String(), name: Type.String(), company: Type.String(), timeZone: Type.String() });
const Person = Type.Object({ id: Type.String(), name: Type.String(), phone: Type.String() });
const People = Type.Object({ contacts: Type.Array(Person) });

/** The tenant comes from the CRM's own answer: two companies may have users with the same id. */
export const getUserInfo: Connector["getUserInfo"] = async ({ crm }) => {
  const me = await crm.get("/me", { as: Me });
  return { id: me.id, name: me.name, tenant: me.company, timezoneName: me.timeZone };
};

/**
 * Cost: 1 request. The CRM compares digits; whether a hit really is the caller, `phone.matches` decides. Nothing is caught here:
 * a search that failed must never look like "nobody".
 */
export const findContact: Connector["findContact"] = async ({ crm }, { phone }) => {
  const found = await crm.get("/contacts", { query: { phone: phone.national }, as: People });
  return found.contacts.filter((person) => phone.matches(person.phone)).map(contactFrom);
};

/** Cost: 1 request. */
export const createContact: NonNullable<Connector["createContact"]> = async ({ crm }, { name, phone }) => {
  return contactFrom(await crm.post("/contacts", { json: { name, phone: phone.e164 ?? phone.raw }, as: Person }));
};

function contactFrom({ id, name, phone }: Static<typeof Person>): Contact {
  return { id, name, phone, type: "Contact" };
}
