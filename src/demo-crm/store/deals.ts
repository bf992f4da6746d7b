/** Deals: what a call can be about. They are seeded and only read. */

import type { DatabaseSync } from "node:sqlite";
import { type Static, Type } from "typebox";

import { isoTime } from "../times.ts";
import { type Row, integer, text } from "./columns.ts";
import { type Page, type PageRequest, readPage, rowId } from "./paging.ts";

export const Deal = Type.Object({
  id: Type.String(),
  title: Type.String(),
  contactId: Type.String(),
  status: Type.Enum(["open", "won", "lost"]),
  value: Type.Integer(),
  currency: Type.String(),
  createdAt: Type.String(),
});
export type Deal = Static<typeof Deal>;

export type Deals = ReturnType<typeof dealStore>;

export function dealStore(database: DatabaseSync) {
  const one = database.prepare("SELECT * FROM deals WHERE id = ?");
  return {
    get: (id: string): Deal | undefined => {
      const row = one.get(rowId(id));
      return row && dealFrom(row);
    },

    list: ({ contactId }: { contactId?: string }, page: PageRequest): Page<Deal> => {
      const where = contactId === undefined ? [] : [{ sql: "contact_id = ?", values: [rowId(contactId)] }];
      const { items, nextCursor } = readPage(database, { from: "deals", where, page });
      return { items: items.map(dealFrom), nextCursor };
    },
  };
}

function dealFrom(row: Row): Deal {
  return {
    id: String(integer(row, "id")),
    title: text(row, "title"),
    contactId: String(integer(row, "contact_id")),
    status: dealStatus(text(row, "status")),
    value: integer(row, "value"),
    currency: text(row, "currency"),
    createdAt: isoTime(integer(row, "created_at")),
  };
}

function dealStatus(status: string): Deal["status"] {
  return status === "won" || status === "lost" ? status : "open";
}
