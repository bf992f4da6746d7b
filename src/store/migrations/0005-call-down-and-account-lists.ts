/** Whom a user means to call back, and lists that a CRM keeps for a whole company, as they were read last. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const callDownAndAccountLists: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("call_down_entries")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
      .addColumn("contact_id", "text")
      .addColumn("contact_type", "text", (column) => column.notNull())
      .addColumn("status", "text", (column) => column.notNull())
      .addColumn("scheduled_at", "bigint")
      .addColumn("last_call_at", "bigint")
      .addColumn("details", "text", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("call_down_entries_by_user")
      .on("call_down_entries")
      .columns(["user_id", "scheduled_at"])
      .execute();

    await db.schema
      .createTable("account_lists")
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("list_key", "text", (column) => column.notNull())
      .addColumn("list", "text", (column) => column.notNull())
      .addColumn("read_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("account_lists_identity", ["rc_account", "platform", "tenant", "list_key"])
      .execute();
  },
};
