/** What a user filled in for logging without a browser, such as a service account of the CRM: sealed, since it may be secret. */

import type { Database } from "./database.ts";
import { type JsonObject, readJsonObject } from "./json.ts";
import type { Vault } from "./vault.ts";

export interface LoggingFieldStore {
  read(userId: string): Promise<JsonObject>;
  /** In place of what stood there. */
  replace(userId: string, values: JsonObject): Promise<void>;
}

export function createLoggingFieldStore({ database, vault }: { database: Database; vault: Vault }): LoggingFieldStore {
  const { db } = database;
  const placeOf = (userId: string) => JSON.stringify([userId, "logging_fields.field_values"]);
  return {
    async read(userId) {
      const row = await db
        .selectFrom("logging_fields")
        .select("field_values")
        .where("user_id", "=", userId)
        .executeTakeFirst();
      return row === undefined ? {} : readJsonObject(vault.open(row.field_values, placeOf(userId)));
    },

    async replace(userId, values) {
      const changing = { field_values: vault.seal(JSON.stringify(values), placeOf(userId)), updated_at: Date.now() };
      await db
        .insertInto("logging_fields")
        .values({ user_id: userId, ...changing })
        .onConflict((conflict) => conflict.column("user_id").doUpdateSet(changing))
        .execute();
    },
  };
}
