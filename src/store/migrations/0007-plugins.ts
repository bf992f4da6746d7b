/** Plugins that administrators registered, and what asynchronous ones were asked to do. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const plugins: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("plugins")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("plugin_id", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("address", "text", (column) => column.notNull())
      .addColumn("mode", "text", (column) => column.notNull())
      .addColumn("logs", "text", (column) => column.notNull())
      .addColumn("secret", "text", (column) => column.notNull())
      .addColumn("registered_at", "bigint", (column) => column.notNull())
      .addUniqueConstraint("plugins_identity", ["rc_account", "platform", "tenant", "plugin_id"])
      .execute();

    await db.schema
      .createTable("plugin_tasks")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("plugin", "text", (column) => column.notNull().references("plugins.id"))
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id"))
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("source_key", "text", (column) => column.notNull())
      .addColumn("digest", "text", (column) => column.notNull())
      .addColumn("request", "text")
      .addColumn("attempts", "integer", (column) => column.notNull().defaultTo(0))
      .addColumn("next_attempt_at", "bigint")
      .addColumn("taken_until", "bigint", (column) => column.notNull().defaultTo(0))
      .addColumn("answered_at", "bigint")
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .addUniqueConstraint("plugin_tasks_identity", ["user_id", "plugin", "kind", "source_key", "digest"])
      .execute();
    for (const column of ["plugin", "next_attempt_at", "expires_at"]) {
      await db.schema.createIndex(`plugin_tasks_by_${column}`).on("plugin_tasks").column(column).execute();
    }
  },
};
