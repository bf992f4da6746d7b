/** The plugins of an account: where each is, what it is asked about, and the secret that it shares with us, sealed. */

import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";
import type { PluginTable } from "./schema.ts";
import type { Vault } from "./vault.ts";

/** What an administrator says of a plugin. */
export interface PluginToRegister {
  pluginId: string;
  name: string;
  address: string;
  mode: PluginTable["mode"];
  logs: PluginTable["logs"];
}

export interface RegisteredPlugin extends PluginToRegister {
  /** This registration's own id. */
  id: string;
  secret: string;
}

export interface PluginStore {
  /** In the order in which they were registered. */
  list(account: AccountKey): Promise<RegisteredPlugin[]>;
  /** In place of a plugin of the same id. */
  save(account: AccountKey, plugin: PluginToRegister, secret: string): Promise<void>;
  /** With everything that it was still to do. Does nothing where there is none. */
  remove(account: AccountKey, pluginId: string): Promise<void>;
}

export function createPluginStore({ database, vault }: { database: Database; vault: Vault }): PluginStore {
  const { db, dialect } = database;
  return {
    async list(account) {
      const rows = await db
        .selectFrom("plugins")
        .selectAll()
        .where("rc_account", "=", account.rcAccount)
        .where("platform", "=", account.platform)
        .where("tenant", "=", account.tenant)
        .orderBy("registered_at")
        .orderBy("plugin_id")
        .execute();
      return rows.map((row) => pluginFrom(row, vault));
    },

    async save({ rcAccount, platform, tenant }, { pluginId, name, address, mode, logs }, secret) {
      await db.transaction().execute(async (transaction) => {
        // An earlier registration's row stays as it is called, and its id is part of the place to which the secret is bound.
        const present = await dialect
          .locking(
            transaction
              .selectFrom("plugins")
              .select("id")
              .where("rc_account", "=", rcAccount)
              .where("platform", "=", platform)
              .where("tenant", "=", tenant)
              .where("plugin_id", "=", pluginId),
          )
          .executeTakeFirst();
        const id = present?.id ?? randomUUID();
        const changing = { name, address, mode, logs, secret: vault.seal(secret, placeOf(id)) };
        const query =
          present === undefined
            ? transaction.insertInto("plugins").values({
                id,
                rc_account: rcAccount,
                platform,
                tenant,
                plugin_id: pluginId,
                registered_at: Date.now(),
                ...changing,
              })
            : transaction.updateTable("plugins").set(changing).where("id", "=", id);
        await query.execute();
      });
    },

    async remove({ rcAccount, platform, tenant }, pluginId) {
      await db.transaction().execute(async (transaction) => {
        const rows = await transaction
          .selectFrom("plugins")
          .select("id")
          .where("rc_account", "=", rcAccount)
          .where("platform", "=", platform)
          .where("tenant", "=", tenant)
          .where("plugin_id", "=", pluginId)
          .execute();
        for (const { id } of rows) {
          await transaction.deleteFrom("plugin_tasks").where("plugin", "=", id).execute();
          await transaction.deleteFrom("plugins").where("id", "=", id).execute();
        }
      });
    },
  };
}

export function pluginFrom(row: Selectable<PluginTable>, vault: Vault): RegisteredPlugin {
  const { id, plugin_id: pluginId, name, address, mode, logs, secret } = row;
  return { id, pluginId, name, address, mode, logs, secret: vault.open(secret, placeOf(id)) };
}

function placeOf(id: string): string {
  return JSON.stringify([id, "plugins.secret"]);
}
