/** A contact on the wire. */

import { type Static, Type } from "typebox";
import type { Contact } from "../../sdk/connector.ts";
import { defined } from "../../sdk/defined.ts";

export const WireContact = Type.Object(
  {
    id: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
    type: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
    organization: Type.Optional(Type.String()),
    company: Type.Optional(Type.String({ description: "The same as organization, under its newer name." })),
    createdDate: Type.Optional(Type.String()),
    mostRecentActivityDate: Type.Optional(Type.String()),
    additionalInfo: Type.Optional(Type.Object({}, { additionalProperties: true })),
    isNewContact: Type.Optional(Type.Boolean()),
  },
  { title: "Contact", additionalProperties: true },
);
export type WireContact = Static<typeof WireContact>;

/** The id of the list's last element, which stands for "create one". Nothing may be logged against it. */
export const CREATE_NEW_CONTACT = "createNewContact";

export function wireContact(contact: Contact): WireContact {
  // The client's form spreads every value of additionalInfo, so it is never absent and never holds null.
  return defined({ ...contact, company: contact.organization, additionalInfo: contact.additionalInfo ?? {} });
}

export function placeholder(): WireContact {
  return { id: CREATE_NEW_CONTACT, name: "Create new contact...", isNewContact: true, additionalInfo: {} };
}
