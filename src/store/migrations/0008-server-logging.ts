/** Logging without a browser: who reads at RingCentral, what is followed there and how far, and calls on their way to the ledger. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const serverLogging: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("ringcentral_logins")
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("extension_id", "text", (column) => column.notNull())
      .addColumn("access", "text", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("ringcentral_logins_identity", ["rc_account", "extension_id"])
      .execute();

    await db.schema
      .createTable("followed_logs")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("extension_id", "text", (column) => column.notNull())
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
      .addColumn("assigns_owners", "integer", (column) => column.notNull())
      .addColumn("do_not_log", "text", (column) => column.notNull())
      .addColumn("verification", "text")
      .addColumn("subscription_id", "text")
      .addColumn("subscribed_until", "bigint")
      .addColumn("sync_token", "text")
      .addColumn("caught_up_to", "bigint", (column) => column.notNull())
      .addColumn("news", "bigint", (column) => column.notNull())
      .addColumn("lively_until", "bigint", (column) => column.notNull())
      .addColumn("due_at", "bigint", (column) => column.notNull())
      .addColumn("leased_until", "bigint", (column) => column.notNull())
      .addColumn("last_error", "text")
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addUniqueConstraint("followed_logs_identity", ["rc_account", "platform", "tenant", "scope"])
      .execute();
    await db.schema.createIndex("followed_logs_due").on("followed_logs").column("due_at").execute();
    await db.schema.createIndex("followed_logs_by_user").on("followed_logs").column("user_id").execute();

    await db.schema
      .createTable("recorded_calls")
      .addColumn("followed_log_id", "text", (column) => column.notNull().references("followed_logs.id"))
      .addColumn("session_id", "text", (column) => column.notNull())
      .addColumn("call", "text", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("due_at", "bigint", (column) => column.notNull())
      .addColumn("recorded_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("recorded_calls_identity", ["followed_log_id", "session_id"])
      .execute();
    await db.schema.createIndex("recorded_calls_due").on("recorded_calls").column("due_at").execute();
  },
};
