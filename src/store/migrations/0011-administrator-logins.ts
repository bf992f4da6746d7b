/** Administrators' own logins at RingCentral, for reports. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const administratorLogins: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("administrator_logins")
      .addColumn("user_id", "text", (column) => column.primaryKey().references("users.id"))
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("extension_id", "text", (column) => column.notNull())
      .addColumn("access", "text", (column) => column.notNull())
      .addColumn("updated_at", "bigint", (column) => column.notNull())
      .execute();
  },
};
