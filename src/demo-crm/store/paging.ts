/** Lists in pages: by ascending id, continued by an opaque cursor that is valid for the list it came from. */

import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { type Static, type TSchema, Type } from "typebox";

import { badRequest } from "../refusals.ts";
import { type Row, integer } from "./columns.ts";

export const PageQuery = { limit: Type.Optional(Type.String()), cursor: Type.Optional(Type.String()) };

export interface PageRequest {
  limit?: string;
  cursor?: string;
}

/** A part of a WHERE clause with the values of its question marks. */
export interface Condition {
  sql: string;
  values: SQLInputValue[];
}

type Table = "contacts" | "deals" | "activities" | "notes" | "appointments";

export function PageOf<T extends TSchema>(record: T) {
  return Type.Object({ items: Type.Array(record), nextCursor: Type.Union([Type.String(), Type.Null()]) });
}
export type Page<T> = { items: T[] } & Omit<Static<ReturnType<typeof PageOf>>, "items">;

/** Reads one row more than the page holds, which tells whether another page follows. */
export function readPage(
  database: DatabaseSync,
  { from, where, page }: { from: Table; where: Condition[]; page: PageRequest },
): Page<Row> {
  const limit = limitOf(page.limit);
  const conditions = [{ sql: "id > ?", values: [lastIdOf(from, page.cursor)] }, ...where];
  const rows = database
    .prepare(`SELECT * FROM ${from} WHERE ${conditions.map(({ sql }) => sql).join(" AND ")} ORDER BY id LIMIT ?`)
    .all(...conditions.flatMap(({ values }) => values), limit + 1);
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? cursorAfter(from, integer(items.at(-1), "id")) : null };
}

/** The database's id for an id on the wire; 0, which no record has, when it cannot be one. */
export function rowId(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
}

function limitOf(limit: string | undefined): number {
  if (limit === undefined) return 100;
  const wanted = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (wanted < 1 || wanted > 1000) throw badRequest("limit must be a whole number from 1 to 1000.");
  return wanted;
}

function cursorAfter(from: Table, id: number): string {
  return Buffer.from(`${from} after ${id}`).toString("base64url");
}

function lastIdOf(from: Table, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const id = rowId(Buffer.from(cursor, "base64url").toString().replace(`${from} after `, ""));
  if (id === 0 || cursor !== cursorAfter(from, id))
    throw badRequest("cursor must be the nextCursor of this same list.");
  return id;
}
