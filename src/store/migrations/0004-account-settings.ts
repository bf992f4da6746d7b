/** What administrators of a RingCentral account decide for a company: settings, who is who, and fields for logging without a browser. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const accountSettings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("account_settings")
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("settings", "text", (column) => column.notNull())
      .addColumn("custom_adapter", "text")
      .addColumn("saved_by", "text", (column) => column.notNull().references("users.id"))
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("account_settings_identity", ["rc_account", "platform", "tenant"])
      .execute();

    await db.schema
      .createTable("user_mappings")
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("crm_user_id", "text", (column) => column.notNull())
      .addColumn("rc_extension_id", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("user_mappings_identity", [
        "rc_account",
        "platform",
        "tenant",
        "crm_user_id",
        "rc_extension_id",
      ])
      .execute();
    await db.schema
      .createIndex("user_mappings_by_extension")
      .on("user_mappings")
      .columns(["rc_account", "platform", "tenant", "rc_extension_id"])
      .execute();

    await db.schema
      .createTable("logging_fields")
      .addColumn("user_id", "text", (column) => column.primaryKey().references("users.id"))
      .addColumn("field_values", "text", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .execute();

    // Whose settings apply is looked up by the account that the user's client names.
    await db.schema
      .createIndex("users_by_account")
      .on("users")
      .columns(["rc_account_id", "platform", "tenant"])
      .execute();
  },
};
