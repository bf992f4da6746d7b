/** What the console shows: the trail of each call, the traffic to each CRM. And one index for all that is due. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const trailAndTraffic: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("trail")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
      .addColumn("what", "text", (column) => column.notNull())
      .addColumn("number_hash", "text")
      .addColumn("source_key", "text")
      .addColumn("entry_id", "text")
      .addColumn("facts", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("trail_by_time").on("trail").column("at").execute();
    await db.schema.createIndex("trail_by_number").on("trail").columns(["number_hash", "at"]).execute();
    await db.schema.createIndex("trail_by_user").on("trail").columns(["user_id", "at"]).execute();
    await db.schema.createIndex("trail_by_source").on("trail").columns(["source_key", "at"]).execute();

    await db.schema
      .createTable("crm_traffic")
      .addColumn("span", "bigint", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("operation", "text", (column) => column.notNull())
      .addColumn("outcome", "text", (column) => column.notNull())
      .addColumn("within_ms", "integer", (column) => column.notNull())
      .addColumn("requests", "integer", (column) => column.notNull())
      .addPrimaryKeyConstraint("crm_traffic_identity", ["span", "platform", "operation", "outcome", "within_ms"])
      .execute();

    // An entry that is being sent is due when its lease ends: one column says when to look at an entry next.
    await db.schema.dropIndex("log_entries_due").execute();
    await sql`update log_entries set next_attempt_at = lease_until where state = 'sending'`.execute(db);
    await sql`update log_entries set next_attempt_at = null where state in ('written', 'refused')`.execute(db);
    await db.schema
      .createIndex("log_entries_due")
      .on("log_entries")
      .columns(["next_attempt_at", "user_id", "id"])
      .execute();

    // The operator's lists: the longest owed first, and the last day by the hour.
    await db.schema.createIndex("log_entries_owed").on("log_entries").columns(["state", "owed_since", "id"]).execute();
    await db.schema.createIndex("log_entries_created").on("log_entries").column("created_at").execute();
    await db.schema.createIndex("log_entries_by_source").on("log_entries").column("source_key").execute();
  },
};
