/** Seals everything anew with the first key, a short transaction at a time, while servers read and write beside it. */

import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { renewKeyCheck } from "./key-check.ts";
import type { Tables } from "./schema.ts";
import { KEY_ID_IN_SEALED, SEALED_BEGINS, type Vault } from "./vault.ts";

/** Locks are held, and on SQLite nobody else writes, for as long as this many values take: some milliseconds. */
const BATCH = 100;

/** Every column with sealed values, and the columns that make up a value's place, in the order in which they do. */
const SEALED = [
  { holds: "credentials", table: "users", column: "credentials", key: ["platform", "tenant", "crm_user_id"] },
  { holds: "credentials", table: "ringcentral_logins", column: "access", key: ["rc_account", "extension_id"] },
  { holds: "credentials", table: "administrator_logins", column: "access", key: ["user_id"] },
  { holds: "credentials", table: "followed_logs", column: "verification", key: ["id"] },
  { holds: "logs", table: "recorded_calls", column: "call", key: ["followed_log_id", "session_id"] },
  { holds: "logs", table: "recorded_messages", column: "message", key: ["followed_log_id", "message_id"] },
  { holds: "logs", table: "log_entries", column: "wanted", key: ["id"] },
  { holds: "logs", table: "log_entries", column: "written", key: ["id"] },
  { holds: "logs", table: "log_entries", column: "sent", key: ["id"] },
  { holds: "contacts", table: "contact_numbers", column: "contact", key: ["user_id", "number", "contact_id"] },
  { holds: "trail", table: "trail", column: "facts", key: ["id"] },
  { holds: "settings", table: "logging_fields", column: "field_values", key: ["user_id"] },
  { holds: "notes", table: "call_down_entries", column: "details", key: ["id"] },
  {
    holds: "credentials",
    table: "managed_fields",
    column: "field_values",
    key: ["rc_account", "platform", "tenant", "rc_extension_id"],
  },
  { holds: "credentials", table: "managed_oauth_clients", column: "client", key: ["rc_account", "platform"] },
  { holds: "plugins", table: "plugins", column: "secret", key: ["id"] },
  { holds: "plugins", table: "plugin_tasks", column: "request", key: ["id"] },
  { holds: "notes", table: "cached_notes", column: "note", key: ["user_id", "session_id"] },
] as const satisfies readonly { holds: string; table: keyof Tables; column: string; key: readonly string[] }[];

type SealedColumn = (typeof SEALED)[number];
export type SealedKind = SealedColumn["holds"];

export interface KeyUse {
  keyId: string;
  holds: SealedKind;
  values: number;
}

export interface KeyRotation {
  /** The ids of the keys that we have; the first seals. */
  keyIds: Vault["keyIds"];
  /** Which key has sealed how many values of which kind. */
  uses(): Promise<KeyUse[]>;
  /**
   * Goes once through all values. Those that somebody holds at this moment, and those whose key we do not have, stay as
   * they are.
   */
  sealAnew(onBatch: (sealed: number) => void): Promise<void>;
  /** To be called when nothing is left: a process that has only older keys is refused from now on. */
  retireOlderKeys(): Promise<void>;
}

export function createKeyRotation({ database, vault }: { database: Database; vault: Vault }): KeyRotation {
  const { db, dialect } = database;
  const [, ...olderKeys] = vault.keyIds;

  /** Answers the key of the last row that it came to; undefined where there are no more. */
  async function sealBatch(column: SealedColumn, after: Key | undefined, onBatch: (sealed: number) => void) {
    return db.transaction().execute(async (transaction) => {
      const older = transaction
        .selectFrom<keyof Tables>(column.table)
        .select(sql.ref<string>(column.column).as("value"))
        .select(column.key.map((name, at) => sql.ref<string>(name).as(`key${at}`)))
        .where(keyIdIn(column), "in", olderKeys)
        .$if(after !== undefined, (query) => query.where(sql<boolean>`${keyOf(column)} > (${sql.join(after ?? [])})`))
        .limit(BATCH);
      const inOrder = column.key.reduce((query, name) => query.orderBy(sql.ref(name)), older);
      const rows = await dialect.lockingOrSkipping(inOrder).execute();
      let last: Key | undefined;
      for (const { value, ...parts } of rows) {
        last = column.key.map((_, at) => String(parts[`key${at}`]));
        await sealValue(transaction, column, last, value);
      }
      onBatch(rows.length);
      return last;
    });
  }

  async function sealValue(transaction: Transaction<Tables>, column: SealedColumn, key: Key, value: string) {
    const place = JSON.stringify([...key, `${column.table}.${column.column}`]);
    const sealed = vault.seal(vault.open(value, place), place);
    await sql`
      update ${sql.table(column.table)} set ${sql.ref(column.column)} = ${sealed}
      where ${keyOf(column)} = (${sql.join(key)})`.execute(transaction);
  }

  return {
    keyIds: vault.keyIds,

    async uses() {
      const uses: KeyUse[] = [];
      for (const column of SEALED) {
        const rows = await db
          .selectFrom<keyof Tables>(column.table)
          .select([keyIdIn(column).as("keyId"), sql<number>`count(*)`.as("values")])
          .where(sql<boolean>`${sql.ref(column.column)} like ${sql.lit(`${SEALED_BEGINS}%`)}`)
          .groupBy(keyIdIn(column))
          .execute();
        uses.push(...rows.map(({ keyId, values }) => ({ keyId, holds: column.holds, values })));
      }
      return uses;
    },

    async sealAnew(onBatch) {
      if (olderKeys.length === 0) return;
      for (const column of SEALED) {
        let last = await sealBatch(column, undefined, onBatch);
        while (last !== undefined) last = await sealBatch(column, last, onBatch);
      }
    },

    retireOlderKeys: () => renewKeyCheck(db, vault),
  };
}

type Key = readonly string[];

function keyOf({ key }: SealedColumn): RawBuilder<unknown> {
  return sql`(${sql.join(key.map((name) => sql.ref(name)))})`;
}

function keyIdIn({ column }: SealedColumn): RawBuilder<string> {
  const { at, length } = KEY_ID_IN_SEALED;
  return sql<string>`substr(${sql.ref(column)}, ${sql.lit(at)}, ${sql.lit(length)})`;
}
