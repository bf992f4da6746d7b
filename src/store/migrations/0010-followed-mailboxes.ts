/** Texts, voicemails and faxes without a browser: how far each extension's message store has been read, and what is on its way. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const followedMailboxes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("followed_mailboxes")
      .addColumn("followed_log_id", "text", (column) => column.notNull().references("followed_logs.id"))
      .addColumn("extension_id", "text", (column) => column.notNull())
      .addColumn("since", "bigint", (column) => column.notNull())
      .addColumn("sync_token", "text")
      .addColumn("caught_up_to", "bigint", (column) => column.notNull())
      .addColumn("news", "bigint", (column) => column.notNull())
      .addColumn("due_at", "bigint", (column) => column.notNull())
      .addColumn("leased_until", "bigint", (column) => column.notNull())
      .addColumn("last_error", "text")
      .addPrimaryKeyConstraint("followed_mailboxes_identity", ["followed_log_id", "extension_id"])
      .execute();
    await db.schema.createIndex("followed_mailboxes_due").on("followed_mailboxes").column("due_at").execute();

    await db.schema
      .createTable("recorded_messages")
      .addColumn("followed_log_id", "text", (column) => column.notNull().references("followed_logs.id"))
      .addColumn("message_id", "text", (column) => column.notNull())
      .addColumn("message", "text", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("due_at", "bigint", (column) => column.notNull())
      .addColumn("recorded_at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("recorded_messages_identity", ["followed_log_id", "message_id"])
      .execute();
    await db.schema.createIndex("recorded_messages_due").on("recorded_messages").column("due_at").execute();
  },
};
