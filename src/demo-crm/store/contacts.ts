/** Contacts, companies and leads, kept as they were written. */

import type { DatabaseSync } from "node:sqlite";
import { type Static, Type } from "typebox";

import { FilledText, NullableText } from "../schemas.ts";
import { isoTime } from "../times.ts";
import { type Row, integer, text, textOrNull } from "./columns.ts";
import { NewPhone, Phone, type PhoneList, phoneStore } from "./contact-phones.ts";
import { type ContactFilter, conditionsOf, folded } from "./contact-search.ts";
import { type Page, type PageRequest, readPage, rowId } from "./paging.ts";
import { inTransaction } from "./transaction.ts";

const ContactType = Type.Enum(["Contact", "Company", "Lead"]);
const optional = {
  type: Type.Optional(ContactType),
  title: Type.Optional(NullableText(500)),
  email: Type.Optional(NullableText(500)),
  organization: Type.Optional(NullableText(500)),
  phones: Type.Optional(Type.Array(NewPhone, { maxItems: 50 })),
};

export const NewContact = Type.Object({ ...optional, name: FilledText(500) });
export const ContactChanges = Type.Object({ ...optional, name: Type.Optional(FilledText(500)) });
export const Contact = Type.Object({
  id: Type.String(),
  type: ContactType,
  name: Type.String(),
  title: NullableText(),
  email: NullableText(),
  organization: NullableText(),
  phones: Type.Array(Phone),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

export type NewContact = Static<typeof NewContact>;
export type Contact = Static<typeof Contact>;
export type Contacts = ReturnType<typeof contactStore>;

export function contactStore(database: DatabaseSync) {
  const phones = phoneStore(database);
  const select = database.prepare("SELECT * FROM contacts WHERE id = ?");
  const insert = database.prepare(
    `INSERT INTO contacts
       (type, name, title, email, organization, folded_name, folded_organization, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE contacts SET type = ?, name = ?, title = ?, email = ?, organization = ?,
       folded_name = ?, folded_organization = ?, updated_at = ? WHERE id = ?`,
  );

  const get = (id: string): Contact | undefined => {
    const row = select.get(rowId(id));
    return row && contactFrom(row, phones.of([rowId(id)]));
  };

  return {
    get,

    /** `lagMs`: what changed less than that long ago is not found by number or name yet. */
    list: (filter: ContactFilter, page: PageRequest, lagMs: number): Page<Contact> => {
      const { items, nextCursor } = readPage(database, { from: "contacts", where: conditionsOf(filter, lagMs), page });
      const numbers = phones.of(items.map((row) => integer(row, "id")));
      return { items: items.map((row) => contactFrom(row, numbers)), nextCursor };
    },

    /** Answers the new contact's id. */
    create: (contact: NewContact, at = Date.now()): string =>
      inTransaction(database, () => {
        const { lastInsertRowid } = insert.run(...valuesOf({ ...nothing, ...contact }), at, at);
        phones.replace(Number(lastInsertRowid), contact.phones ?? []);
        return String(lastInsertRowid);
      }),

    /** Changes what is given; answers the contact as it then is, or undefined where there is none. */
    update: (id: string, changes: Partial<NewContact>): Contact | undefined =>
      inTransaction(database, () => {
        const present = get(id);
        if (!present) return undefined;
        update.run(...valuesOf({ ...present, ...changes }), Date.now(), rowId(id));
        if (changes.phones) phones.replace(rowId(id), changes.phones);
        return get(id);
      }),
  };
}

type Values = Pick<Contact, "type" | "name" | "title" | "email" | "organization">;

const nothing = { type: "Contact", title: null, email: null, organization: null } satisfies Partial<Values>;

function valuesOf({ type, name, title, email, organization }: Values) {
  return [type, name, title, email, organization, folded(name), organization && folded(organization)];
}

function contactFrom(row: Row, phones: PhoneList): Contact {
  const id = integer(row, "id");
  return {
    id: String(id),
    type: contactType(text(row, "type")),
    name: text(row, "name"),
    title: textOrNull(row, "title"),
    email: textOrNull(row, "email"),
    organization: textOrNull(row, "organization"),
    phones: phones.get(id) ?? [],
    createdAt: isoTime(integer(row, "created_at")),
    updatedAt: isoTime(integer(row, "updated_at")),
  };
}

function contactType(type: string): Contact["type"] {
  return type === "Company" || type === "Lead" ? type : "Contact";
}
