/** What administrators of a RingCentral account decided for the users of one company in a CRM. */

import type { Database } from "./database.ts";
import { type JsonObject, readJsonObject } from "./json.ts";

/** Whom a decision binds: the users of one company in a CRM whose client names this RingCentral account. */
export interface AccountKey {
  /** The hash by which others know the account's id. */
  rcAccount: string;
  platform: string;
  tenant: string;
}

export interface StoredAccountSettings {
  /** By their key, each an object with `value`, `customizable` and more. */
  userSettings: JsonObject;
  /** Where the account's own manifest lies. */
  customAdapter: string | undefined;
}

export interface AccountSettingsStore {
  read(account: AccountKey): Promise<StoredAccountSettings | undefined>;
  /** Reads, changes and stores in one transaction. */
  change(
    account: AccountKey,
    savedBy: string,
    change: (present: StoredAccountSettings | undefined) => StoredAccountSettings,
  ): Promise<void>;
  /** The address that the account's administrators saved last, for whichever CRM. */
  customAdapterOf(rcAccount: string): Promise<string | undefined>;
}

export function createAccountSettingsStore({ database }: { database: Database }): AccountSettingsStore {
  const { db, dialect } = database;
  const rowOf = ({ rcAccount, platform, tenant }: AccountKey, handle: Database["db"]) =>
    handle
      .selectFrom("account_settings")
      .select(["settings", "custom_adapter"])
      .where("rc_account", "=", rcAccount)
      .where("platform", "=", platform)
      .where("tenant", "=", tenant);

  return {
    async read(account) {
      const row = await rowOf(account, db).executeTakeFirst();
      return row && settingsOf(row);
    },

    async change(account, savedBy, change) {
      await db.transaction().execute(async (transaction) => {
        const row = await dialect.locking(rowOf(account, transaction)).executeTakeFirst();
        const { userSettings, customAdapter } = change(row && settingsOf(row));
        const changing = {
          settings: JSON.stringify(userSettings),
          custom_adapter: customAdapter ?? null,
          saved_by: savedBy,
          updated_at: Date.now(),
        };
        await transaction
          .insertInto("account_settings")
          .values({ rc_account: account.rcAccount, platform: account.platform, tenant: account.tenant, ...changing })
          .onConflict((conflict) => conflict.columns(["rc_account", "platform", "tenant"]).doUpdateSet(changing))
          .execute();
      });
    },

    async customAdapterOf(rcAccount) {
      const row = await db
        .selectFrom("account_settings")
        .select("custom_adapter")
        .where("rc_account", "=", rcAccount)
        .where("custom_adapter", "is not", null)
        .orderBy("updated_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.custom_adapter ?? undefined;
    },
  };
}

function settingsOf(row: { settings: string; custom_adapter: string | null }): StoredAccountSettings {
  return { userSettings: readJsonObject(row.settings), customAdapter: row.custom_adapter ?? undefined };
}
