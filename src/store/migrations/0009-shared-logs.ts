/** One record of a call or a message for everybody whom it concerns: a company that logs without a browser, or one user of it. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const sharedLogs: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("shared_logs")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("rc_account", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("user_id", "text", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addUniqueConstraint("shared_logs_identity", ["rc_account", "platform", "tenant", "user_id"])
      .execute();

    // What is followed already is shared from now on. The empty user stands for everybody.
    await sql`
      insert into shared_logs (id, rc_account, platform, tenant, user_id, created_at)
      select min(id), rc_account, platform, tenant, case when scope = 'account' then '' else user_id end, min(created_at)
      from followed_logs
      group by rc_account, platform, tenant, case when scope = 'account' then '' else user_id end`.execute(db);

    await db.schema
      .alterTable("log_entries")
      .addColumn("shared_log_id", "text", (column) => column.references("shared_logs.id"))
      .execute();
    // For everybody else it holds nothing, and costs nothing.
    await db.schema
      .createIndex("log_entries_shared")
      .unique()
      .on("log_entries")
      .columns(["shared_log_id", "kind", "source_key"])
      .where("shared_log_id", "is not", null)
      .execute();

    // A message is known by its id, whatever it was grouped with.
    await db.schema
      .createIndex("logged_messages_by_message")
      .on("logged_messages")
      .columns(["message_id", "entry_id"])
      .execute();
  },
};
