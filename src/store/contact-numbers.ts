/** Who answers to a number, as one connected user last saw it: an index that spares the CRM, and knows what its search does not yet. */

import { type Insertable, type Selectable, sql } from "kysely";
import type { Database } from "./database.ts";
import { type JsonObject, readJsonObject } from "./json.ts";
import { createLookUp } from "./look-up.ts";
import { createInsertion } from "./row-writes.ts";
import type { ContactNumberTable } from "./schema.ts";
import type { Vault } from "./vault.ts";

/** Stands in the key of a row that says that nobody answers to the number. */
const NOBODY = "";

export interface KnownNumber {
  /** Undefined: a search found nobody. */
  contact: JsonObject | undefined;
  origin: "search" | "creation";
  seenAt: number;
}

export interface ContactNumberStore {
  known(userId: string, number: string): Promise<KnownNumber[]>;
  /**
   * What a search found takes the place of what one found before, if `replacing` says that there was any; contacts created
   * here stay. An empty list says that nobody was found.
   */
  rememberSearch(
    userId: string,
    number: string,
    contacts: readonly IndexedContact[],
    replacing: boolean,
  ): Promise<void>;
  rememberCreation(userId: string, number: string, contact: IndexedContact): Promise<void>;
}

const KEY = ["user_id", "number", "contact_id"] as const;
const COLUMNS = {
  user_id: "text",
  number: "text",
  contact_id: "text",
  contact: "text",
  origin: "text",
  seen_at: "bigint",
} as const;

type KnownNumberRow = Pick<Selectable<ContactNumberTable>, "contact_id" | "contact" | "origin" | "seen_at">;

type IndexedContact = { id: string } & object;

export function createContactNumberStore({
  database,
  vault,
}: {
  database: Database;
  vault: Vault;
}): ContactNumberStore {
  // What is lost here in a power cut is asked for again.
  const { relaxedDb } = database;
  const rowsOfNumbers = createLookUp<KnownNumberRow>(database, {
    table: "contact_numbers",
    keyColumns: ["user_id", "number"],
    columns: ["contact_id", "contact", "origin", "seen_at"],
  });
  // A contact created here that the search now finds counts as found from now on.
  const inserting = (handle: Database["db"], rows: Insertable<ContactNumberTable>[]) =>
    handle
      .insertInto("contact_numbers")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(KEY).doUpdateSet((next) => ({
          contact: next.ref("excluded.contact"),
          origin: next.ref("excluded.origin"),
          seen_at: next.ref("excluded.seen_at"),
        })),
      );
  const insertOne = createInsertion({
    database,
    db: relaxedDb,
    table: "contact_numbers",
    columns: COLUMNS,
    identity: KEY,
    conflict: sql`(${sql.join(KEY.map((name) => sql.ref(name)))}) do update set
      "contact" = excluded."contact", "origin" = excluded."origin", "seen_at" = excluded."seen_at"`,
  });
  const placeOf = (userId: string, number: string, contactId: string) =>
    JSON.stringify([userId, number, contactId, "contact_numbers.contact"]);
  const rowOf = (userId: string, number: string, contact: IndexedContact, origin: "search" | "creation") => ({
    user_id: userId,
    number,
    contact_id: contact.id,
    contact: vault.seal(JSON.stringify(contact), placeOf(userId, number, contact.id)),
    origin,
    seen_at: Date.now(),
  });

  const open = openingOnce(vault);

  return {
    async known(userId, number) {
      const rows = await rowsOfNumbers([userId, number]);
      if (rows.length > 1) rows.sort(byContact);
      return rows.map((row) => ({
        contact: row.contact === null ? undefined : open(row.contact, placeOf(userId, number, row.contact_id)),
        origin: row.origin,
        seenAt: row.seen_at,
      }));
    },

    async rememberSearch(userId, number, contacts, replacing) {
      const rows =
        contacts.length === 0
          ? [nobody(userId, number)]
          : contacts.map((contact) => rowOf(userId, number, contact, "search"));
      const [only, another] = rows;
      if (!replacing && only !== undefined && another === undefined) {
        await insertOne(only);
        return;
      }
      await relaxedDb.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom("contact_numbers")
          .where("user_id", "=", userId)
          .where("number", "=", number)
          .where("origin", "=", "search")
          .execute();
        await inserting(transaction, rows).execute();
      });
    },

    async rememberCreation(userId, number, contact) {
      await insertOne(rowOf(userId, number, contact, "creation"));
    },
  };
}

/** Opening and reading one takes longer than finding it. */
const KEPT_OPEN = 2_000;

/** The same number rings again. What stands in the row is always compared with what was opened. */
function openingOnce(vault: Vault): (sealed: string, place: string) => JsonObject {
  const opened = new Map<string, { sealed: string; contact: JsonObject }>();
  return (sealed, place) => {
    const known = opened.get(place);
    if (known?.sealed === sealed) return known.contact;
    const contact = readJsonObject(vault.open(sealed, place));
    if (opened.size >= KEPT_OPEN) opened.clear();
    opened.set(place, { sealed, contact });
    return contact;
  };
}

function byContact(one: KnownNumberRow, other: KnownNumberRow): number {
  return one.contact_id < other.contact_id ? -1 : 1;
}

function nobody(userId: string, number: string) {
  return {
    user_id: userId,
    number,
    contact_id: NOBODY,
    contact: null,
    origin: "search",
    seen_at: Date.now(),
  } as const;
}
