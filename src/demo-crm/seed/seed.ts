/** Fills a new database: two people who work here, and everybody they know. */

import type { DatabaseSync } from "node:sqlite";

import { hashOf } from "../secrets.ts";
import { contactStore } from "../store/contacts.ts";
import { noteStore } from "../store/notes.ts";
import { rowId } from "../store/paging.ts";
import { SEED_CONTACTS } from "./contacts.ts";

const USERS = [
  { name: "Ann Operator", email: "ann@demo-crm.example", timezone: "America/Los_Angeles", key: "demo-key" },
  { name: "Ben Backup", email: "ben@demo-crm.example", timezone: "Europe/Berlin", key: "demo-key-2" },
];

/** Long enough ago that no search lag hides the seed. */
const AGE_MS = 30 * 86_400_000;

export function seed(database: DatabaseSync): void {
  const insertUser = database.prepare(
    "INSERT INTO users (name, email, timezone, account_id, account_name, api_key_hash) VALUES (?, ?, ?, ?, ?, ?)",
  );
  for (const { name, email, timezone, key } of USERS) {
    insertUser.run(name, email, timezone, "demo", "Demo Company", hashOf(key));
  }

  const contacts = contactStore(database);
  const notes = noteStore(database);
  const insertDeal = database.prepare(
    "INSERT INTO deals (title, contact_id, status, value, currency, created_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const at = Date.now() - AGE_MS;
  for (const contact of SEED_CONTACTS) {
    const contactId = contacts.create(contact, at);
    for (const { title, status, value, currency } of contact.deals ?? []) {
      insertDeal.run(title, rowId(contactId), status, value, currency, at);
    }
    for (const text of contact.notes ?? []) notes.create({ contactId, text }, at);
  }
}
