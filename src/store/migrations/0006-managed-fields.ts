/** What administrators fill into a CRM's login form for their company, and whose login with it the CRM has refused. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const managedFields: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("managed_fields")
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("rc_extension_id", "text", (column) => column.notNull())
      .addColumn("rc_user_name", "text")
      .addColumn("hostname", "text")
      .addColumn("field_values", "text", (column) => column.notNull())
      .addColumn("saved_by", "text", (column) => column.notNull().references("users.id"))
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("managed_fields_identity", ["rc_account", "platform", "tenant", "rc_extension_id"])
      .execute();

    await db.schema
      .createTable("managed_login_refusals")
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("rc_extension_id", "text", (column) => column.notNull())
      .addColumn("refused_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("managed_login_refusals_identity", ["rc_account", "platform", "rc_extension_id"])
      .execute();
  },
};
