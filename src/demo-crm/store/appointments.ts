/** Appointments: each person's own calendar, with the contacts whom they meet. */

import type { DatabaseSync } from "node:sqlite";
import { type Static, Type } from "typebox";

import { NullableText } from "../schemas.ts";
import { isoTime } from "../times.ts";
import { type Row, integer, text, textOrNull } from "./columns.ts";
import { type Page, type PageRequest, readPage, rowId } from "./paging.ts";

const STATUSES = ["scheduled", "confirmed", "cancelled"] as const;
export type AppointmentStatus = (typeof STATUSES)[number];

export const Appointment = Type.Object({
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  startsAt: Type.String(),
  durationMinutes: Type.Integer(),
  status: Type.Enum([...STATUSES]),
  contactIds: Type.Array(Type.String()),
  /** A mark of whoever created it. */
  externalId: NullableText(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
export type Appointment = Static<typeof Appointment>;

/** Times in milliseconds since 1970. */
export interface AppointmentContent {
  title: string;
  description: string;
  startsAt: number;
  durationMinutes: number;
  status: AppointmentStatus;
  contactIds: readonly string[];
}

export interface AppointmentFilter {
  from?: number | undefined;
  to?: number | undefined;
  externalId?: string | undefined;
}

export type Appointments = ReturnType<typeof appointmentStore>;

export function appointmentStore(database: DatabaseSync) {
  const one = database.prepare("SELECT * FROM appointments WHERE id = ? AND owner_id = ?");
  const insert = database.prepare(
    `INSERT INTO appointments
       (owner_id, title, description, starts_at, duration_minutes, status, contact_ids, external_id, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
  );
  const update = database.prepare(
    `UPDATE appointments SET title = ?, description = ?, starts_at = ?, duration_minutes = ?, status = ?, contact_ids = ?,
       updated_at = ? WHERE id = ? RETURNING *`,
  );
  const get = (ownerId: string, id: string): Appointment | undefined => {
    const row = one.get(rowId(id), rowId(ownerId));
    return row && appointmentFrom(row);
  };
  const values = ({ title, description, startsAt, durationMinutes, status, contactIds }: AppointmentContent) =>
    [title, description, startsAt, durationMinutes, status, contactIds.join(",")] as const;

  return {
    get,

    /** Those that begin from `from` on and before `to`. */
    list: (ownerId: string, { from, to, externalId }: AppointmentFilter, page: PageRequest): Page<Appointment> => {
      const where = [
        { sql: "owner_id = ?", values: [rowId(ownerId)] },
        ...(from === undefined ? [] : [{ sql: "starts_at >= ?", values: [from] }]),
        ...(to === undefined ? [] : [{ sql: "starts_at < ?", values: [to] }]),
        ...(externalId === undefined ? [] : [{ sql: "external_id = ?", values: [externalId] }]),
      ];
      const { items, nextCursor } = readPage(database, { from: "appointments", where, page });
      return { items: items.map(appointmentFrom), nextCursor };
    },

    create: (ownerId: string, content: AppointmentContent, externalId: string | null): Appointment => {
      const at = Date.now();
      return appointmentFrom(insert.get(rowId(ownerId), ...values(content), externalId, at, at));
    },

    update: (ownerId: string, id: string, changes: Partial<AppointmentContent>): Appointment | undefined => {
      const present = get(ownerId, id);
      if (!present) return undefined;
      const next = { ...present, startsAt: Date.parse(present.startsAt), ...changes };
      return appointmentFrom(update.get(...values(next), Date.now(), rowId(id)));
    },
  };
}

function appointmentFrom(row: Row | undefined): Appointment {
  return {
    id: String(integer(row, "id")),
    title: text(row, "title"),
    description: text(row, "description"),
    startsAt: isoTime(integer(row, "starts_at")),
    durationMinutes: integer(row, "duration_minutes"),
    status: STATUSES.find((status) => status === text(row, "status")) ?? "scheduled",
    contactIds: text(row, "contact_ids")
      .split(",")
      .filter((id) => id !== ""),
    externalId: textOrNull(row, "external_id"),
    createdAt: isoTime(integer(row, "created_at")),
    updatedAt: isoTime(integer(row, "updated_at")),
  };
}
