/** Users, sessions, the write ledger, the index of contact numbers and cached notes. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const firstTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("users")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("crm_user_id", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("hostname", "text")
      .addColumn("time_zone", "text", (column) => column.notNull())
      .addColumn("platform_additional_info", "text", (column) => column.notNull())
      .addColumn("settings", "text", (column) => column.notNull())
      .addColumn("credentials", "text")
      .addColumn("rc_account_id", "text")
      .addColumn("logged_out_at", "bigint")
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .addUniqueConstraint("users_identity", ["platform", "crm_user_id", "tenant"])
      .execute();

    await db.schema
      .createTable("sessions")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("sessions_by_user").on("sessions").column("user_id").execute();

    await db.schema
      .createTable("log_entries")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("source_key", "text", (column) => column.notNull())
      .addColumn("contact_id", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("wanted", "text")
      .addColumn("wanted_version", "integer", (column) => column.notNull())
      .addColumn("written", "text")
      .addColumn("written_version", "integer", (column) => column.notNull())
      .addColumn("sent", "text")
      .addColumn("sent_version", "integer", (column) => column.notNull())
      .addColumn("log_id", "text")
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("next_attempt_at", "bigint")
      .addColumn("hold_until", "bigint")
      .addColumn("lease_until", "bigint")
      .addColumn("owed_since", "bigint", (column) => column.notNull())
      .addColumn("last_error", "text")
      .addColumn("last_error_code", "text")
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .addColumn("written_at", "bigint")
      .addUniqueConstraint("log_entries_identity", ["user_id", "kind", "source_key"])
      .execute();
    await db.schema.createIndex("log_entries_due").on("log_entries").columns(["state", "next_attempt_at"]).execute();

    await db.schema
      .createTable("logged_messages")
      .addColumn("entry_id", "text", (column) => column.notNull().references("log_entries.id"))
      .addColumn("message_id", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("logged_messages_identity", ["entry_id", "message_id"])
      .execute();

    await db.schema
      .createTable("contact_numbers")
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
      .addColumn("number", "text", (column) => column.notNull())
      .addColumn("contact_id", "text", (column) => column.notNull())
      .addColumn("contact", "text")
      .addColumn("origin", "text", (column) => column.notNull())
      .addColumn("seen_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("contact_numbers_identity", ["user_id", "number", "contact_id"])
      .execute();

    await db.schema
      .createTable("cached_notes")
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
      .addColumn("session_id", "text", (column) => column.notNull())
      .addColumn("note", "text", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("cached_notes_identity", ["user_id", "session_id"])
      .execute();
  },
};
