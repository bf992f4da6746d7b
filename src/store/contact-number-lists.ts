/** The index of contact numbers as an operator looks into it: everybody's rows for one number, without a contact's details. */

import type { Database } from "./database.ts";

export interface IndexedNumber {
  userId: string;
  /** Undefined: a search found nobody. */
  contactId: string | undefined;
  origin: "search" | "creation";
  seenAt: number;
}

export interface ContactNumberLists {
  /** Looks through the whole index, which is ordered by user. */
  rowsFor(number: string): Promise<IndexedNumber[]>;
}

export function createContactNumberLists({ database: { db } }: { database: Database }): ContactNumberLists {
  return {
    async rowsFor(number) {
      const rows = await db
        .selectFrom("contact_numbers")
        .select(["user_id", "contact_id", "origin", "seen_at"])
        .where("number", "=", number)
        .orderBy("user_id")
        .orderBy("contact_id")
        .execute();
      return rows.map((row) => ({
        userId: row.user_id,
        contactId: row.contact_id === "" ? undefined : row.contact_id,
        origin: row.origin,
        seenAt: row.seen_at,
      }));
    },
  };
}
