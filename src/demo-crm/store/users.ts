/** The people who work in the Demo CRM. */

import type { DatabaseSync } from "node:sqlite";
import { type Static, Type } from "typebox";

import { hashOf } from "../secrets.ts";
import { type Row, integer, text } from "./columns.ts";
import { rowId } from "./paging.ts";

export const User = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  timezone: Type.String(),
  account: Type.Object({ id: Type.String(), name: Type.String() }),
});
export type User = Static<typeof User>;

export type Users = ReturnType<typeof userStore>;

export function userStore(database: DatabaseSync) {
  const all = database.prepare("SELECT * FROM users ORDER BY id");
  const byId = database.prepare("SELECT * FROM users WHERE id = ?");
  const byKey = database.prepare("SELECT * FROM users WHERE api_key_hash = ?");
  return {
    list: (): User[] => all.all().map(userFrom),
    get: (id: string): User | undefined => optionalUser(byId.get(rowId(id))),
    withApiKey: (key: string): User | undefined => optionalUser(byKey.get(hashOf(key))),
  };
}

function optionalUser(row: Row | undefined): User | undefined {
  return row && userFrom(row);
}

function userFrom(row: Row): User {
  return {
    id: String(integer(row, "id")),
    name: text(row, "name"),
    email: text(row, "email"),
    timezone: text(row, "timezone"),
    account: { id: text(row, "account_id"), name: text(row, "account_name") },
  };
}
