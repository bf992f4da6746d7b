/** Indexes without the rows that nobody looks for in them: an entry that is written is not due, a look-up has no session. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const leanIndexes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.dropIndex("log_entries_due").execute();
    await db.schema
      .createIndex("log_entries_due")
      .on("log_entries")
      .columns(["next_attempt_at", "user_id", "id"])
      .where("next_attempt_at", "is not", null)
      .execute();
    await db.schema.dropIndex("trail_by_number").execute();
    await db.schema
      .createIndex("trail_by_number")
      .on("trail")
      .columns(["number_hash", "at"])
      .where("number_hash", "is not", null)
      .execute();
    await db.schema.dropIndex("trail_by_source").execute();
    await db.schema
      .createIndex("trail_by_source")
      .on("trail")
      .columns(["source_key", "at"])
      .where("source_key", "is not", null)
      .execute();
  },
};
