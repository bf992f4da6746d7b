/** The numbers of contacts: the spelling that somebody typed, and beside it the digits by which it is found. */

import type { DatabaseSync } from "node:sqlite";
import { type Static, Type } from "typebox";

import { comparableDigits, tailOf } from "../phone-digits.ts";
import { FilledText, NullableText } from "../schemas.ts";
import { integer, text } from "./columns.ts";

export const NewPhone = Type.Object({ label: Type.Optional(NullableText(50)), number: FilledText(100) });
export const Phone = Type.Object({ label: Type.String(), number: Type.String() });

/** By contact id. */
export type PhoneList = Map<number, Static<typeof Phone>[]>;

export function phoneStore(database: DatabaseSync) {
  const select = database.prepare(
    "SELECT * FROM contact_phones WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY contact_id, position",
  );
  const remove = database.prepare("DELETE FROM contact_phones WHERE contact_id = ?");
  const insert = database.prepare(
    "INSERT INTO contact_phones (contact_id, position, label, number, digits, tail) VALUES (?, ?, ?, ?, ?, ?)",
  );
  return {
    of: (contactIds: number[]): PhoneList => {
      const phones: PhoneList = new Map(contactIds.map((id) => [id, []]));
      for (const row of select.all(JSON.stringify(contactIds))) {
        phones.get(integer(row, "contact_id"))?.push({ label: text(row, "label"), number: text(row, "number") });
      }
      return phones;
    },

    replace: (contactId: number, phones: Static<typeof NewPhone>[]): void => {
      remove.run(contactId);
      for (const [position, { label, number }] of phones.entries()) {
        const digits = comparableDigits(number) ?? null;
        insert.run(contactId, position, label ?? "phone", number, digits, digits && tailOf(digits));
      }
    },
  };
}
