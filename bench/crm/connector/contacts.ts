/** Who logged in, and who is calling. */

import { type Connector, Type } from "../../../src/sdk/index.ts";

const Person = Type.Object({ id: Type.String(), name: Type.String(), timeZone: Type.String() });
const Contacts = Type.Object({
  items: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), phone: Type.String() })),
});
const Deals = Type.Object({ items: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })) });

/** Cost: 1 request. */
export const getUserInfo: Connector["getUserInfo"] = async ({ crm }) => {
  const { id, name, timeZone } = await crm.get("/me", { as: Person });
  return { id, name, tenant: "bench", timezoneName: timeZone };
};

/** Cost: 1 search, then 1 list of deals per contact, side by side: two rounds. */
export const findContact: Connector["findContact"] = async ({ crm }, { phone }) => {
  const { items } = await crm.get("/contacts", { query: { phone: phone.e164 ?? phone.digits }, as: Contacts });
  return Promise.all(
    items
      .filter((contact) => phone.matches(contact.phone))
      .map(async (contact) => {
        const deals = await crm.get("/deals", { query: { contactId: contact.id }, as: Deals });
        const options = deals.items.map(({ id, title }) => ({ const: id, title }));
        return { ...contact, type: "Contact", additionalInfo: { deals: options } };
      }),
  );
};
