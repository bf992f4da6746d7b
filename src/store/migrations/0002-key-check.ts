/** A value sealed with the database's own key, by which a wrong key is recognised. */

import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const keyCheck: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("key_check")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("sealed", "text", (column) => column.notNull())
      .execute();
  },
};
