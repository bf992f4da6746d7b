/** Notes: free text that somebody keeps about a contact. */

import type { DatabaseSync } from "node:sqlite";
import { type Static, Type } from "typebox";

import { isoTime } from "../times.ts";
import { type Row, integer, text } from "./columns.ts";
import { type Page, type PageRequest, readPage, rowId } from "./paging.ts";

export const Note = Type.Object({
  id: Type.String(),
  contactId: Type.String(),
  text: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
export type Note = Static<typeof Note>;

export interface NoteContent {
  contactId: string;
  text: string;
}

export type Notes = ReturnType<typeof noteStore>;

export function noteStore(database: DatabaseSync) {
  const select = database.prepare("SELECT * FROM notes WHERE id = ?");
  const insert = database.prepare(
    "INSERT INTO notes (contact_id, text, created_at, updated_at) VALUES (?, ?, ?, ?) RETURNING *",
  );
  const update = database.prepare("UPDATE notes SET contact_id = ?, text = ?, updated_at = ? WHERE id = ? RETURNING *");
  const remove = database.prepare("DELETE FROM notes WHERE id = ?");
  const get = (id: string): Note | undefined => {
    const row = select.get(rowId(id));
    return row && noteFrom(row);
  };

  return {
    get,

    list: ({ contactId }: { contactId?: string }, page: PageRequest): Page<Note> => {
      const where = contactId === undefined ? [] : [{ sql: "contact_id = ?", values: [rowId(contactId)] }];
      const { items, nextCursor } = readPage(database, { from: "notes", where, page });
      return { items: items.map(noteFrom), nextCursor };
    },

    create: (note: NoteContent, at = Date.now()): Note =>
      noteFrom(insert.get(rowId(note.contactId), note.text, at, at)),

    update: (id: string, changes: Partial<NoteContent>): Note | undefined => {
      const present = get(id);
      if (!present) return undefined;
      const next = { ...present, ...changes };
      return noteFrom(update.get(rowId(next.contactId), next.text, Date.now(), rowId(id)));
    },

    remove: (id: string): boolean => remove.run(rowId(id)).changes > 0,
  };
}

function noteFrom(row: Row | undefined): Note {
  return {
    id: String(integer(row, "id")),
    contactId: String(integer(row, "contact_id")),
    text: text(row, "text"),
    createdAt: isoTime(integer(row, "created_at")),
    updatedAt: isoTime(integer(row, "updated_at")),
  };
}
