/** What administrators fill in so that their people connect without it: login forms, whose login the CRM has refused, and OAuth clients. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const managedAuthentication: Migration = {
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

    await db.schema
      .createTable("managed_oauth_clients")
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text")
      .addColumn("client", "text", (column) => column.notNull())
      .addColumn("expires_at", "bigint")
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("managed_oauth_clients_identity", ["rc_account", "platform"])
      .execute();

    await db.schema
      .createTable("managed_oauth_logins")
      .addColumn("ticket", "text", (column) => column.primaryKey())
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("is_administrator", "integer", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute();
  },
};
