/** Activities: the calls and conversations that were logged for a contact. */

import type { DatabaseSync } from "node:sqlite";
import { type Static, Type } from "typebox";

import { NullableInteger, NullableText } from "../schemas.ts";
import { isoTime } from "../times.ts";
import { type Row, integer, integerOrNull, text, textOrNull } from "./columns.ts";
import { type Condition, type Page, type PageRequest, readPage, rowId } from "./paging.ts";

export const Activity = Type.Object({
  id: Type.String(),
  contactId: Type.String(),
  type: Type.String(),
  subject: Type.String(),
  body: Type.String(),
  startedAt: NullableText(),
  durationSeconds: NullableInteger(),
  dealId: NullableText(),
  externalId: NullableText(),
  ownerId: NullableText(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
export type Activity = Static<typeof Activity>;

/** What a caller decides about an activity; `startedAt` in milliseconds since 1970. */
export interface ActivityContent {
  contactId: string;
  type: string;
  subject: string;
  body: string;
  startedAt: number | null;
  durationSeconds: number | null;
  dealId: string | null;
  externalId: string | null;
  /** The user whose activity it is. */
  ownerId: string | null;
}

/** `since`: created at that time or later, in milliseconds since 1970. */
export interface ActivityFilter {
  contactId?: string | undefined;
  since?: number | undefined;
  externalId?: string | undefined;
}

export type Activities = ReturnType<typeof activityStore>;

export function activityStore(database: DatabaseSync) {
  const select = database.prepare("SELECT * FROM activities WHERE id = ?");
  const newest = database.prepare(
    "SELECT * FROM activities WHERE contact_id = ? ORDER BY COALESCE(started_at, created_at) DESC, id DESC LIMIT ?",
  );
  const count = database.prepare("SELECT COUNT(*) AS total FROM activities WHERE contact_id = ?");
  const insert = database.prepare(
    `INSERT INTO activities
       (contact_id, type, subject, body, started_at, duration_seconds, deal_id, external_id, owner_id, created_at,
        updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
  );
  const update = database.prepare(
    `UPDATE activities SET contact_id = ?, type = ?, subject = ?, body = ?, started_at = ?, duration_seconds = ?,
       deal_id = ?, external_id = ?, owner_id = ?, updated_at = ? WHERE id = ? RETURNING *`,
  );
  const remove = database.prepare("DELETE FROM activities WHERE id = ?");

  return {
    get: (id: string): Activity | undefined => {
      const row = select.get(rowId(id));
      return row && activityFrom(row);
    },

    list: (filter: ActivityFilter, page: PageRequest): Page<Activity> => {
      const { items, nextCursor } = readPage(database, { from: "activities", where: conditionsOf(filter), page });
      return { items: items.map(activityFrom), nextCursor };
    },

    /** The newest activities of a contact, and how many older ones there are. */
    timeline: (contactId: string, length: number): { activities: Activity[]; older: number } => {
      const total = integer(count.get(rowId(contactId)), "total");
      const activities = newest.all(rowId(contactId), length).map(activityFrom);
      return { activities, older: total - activities.length };
    },

    create: (content: ActivityContent): Activity => {
      const now = Date.now();
      return activityFrom(insert.get(...valuesOf(content), now, now));
    },

    update: (id: string, changes: Partial<ActivityContent>): Activity | undefined => {
      const row = select.get(rowId(id));
      if (!row) return undefined;
      return activityFrom(update.get(...valuesOf({ ...contentFrom(row), ...changes }), Date.now(), rowId(id)));
    },

    remove: (id: string): boolean => remove.run(rowId(id)).changes > 0,
  };
}

function conditionsOf({ contactId, since, externalId }: ActivityFilter): Condition[] {
  const conditions: Condition[] = [];
  if (contactId !== undefined) conditions.push({ sql: "contact_id = ?", values: [rowId(contactId)] });
  if (since !== undefined) conditions.push({ sql: "created_at >= ?", values: [since] });
  if (externalId !== undefined) conditions.push({ sql: "external_id = ?", values: [externalId] });
  return conditions;
}

function valuesOf(content: ActivityContent) {
  const { contactId, type, subject, body, startedAt, durationSeconds, dealId, externalId, ownerId } = content;
  const [deal, owner] = [dealId && rowId(dealId), ownerId && rowId(ownerId)];
  return [rowId(contactId), type, subject, body, startedAt, durationSeconds, deal, externalId, owner];
}

function contentFrom(row: Row | undefined): ActivityContent {
  const dealId = integerOrNull(row, "deal_id");
  const ownerId = integerOrNull(row, "owner_id");
  return {
    contactId: String(integer(row, "contact_id")),
    type: text(row, "type"),
    subject: text(row, "subject"),
    body: text(row, "body"),
    startedAt: integerOrNull(row, "started_at"),
    durationSeconds: integerOrNull(row, "duration_seconds"),
    dealId: dealId === null ? null : String(dealId),
    externalId: textOrNull(row, "external_id"),
    ownerId: ownerId === null ? null : String(ownerId),
  };
}

function activityFrom(row: Row | undefined): Activity {
  const content = contentFrom(row);
  return {
    id: String(integer(row, "id")),
    ...content,
    startedAt: content.startedAt === null ? null : isoTime(content.startedAt),
    createdAt: isoTime(integer(row, "created_at")),
    updatedAt: isoTime(integer(row, "updated_at")),
  };
}
