/** Lists that a CRM keeps for a whole company, such as activity types, as they were read last. */

import { type Static, Type } from "typebox";
import { compiled } from "../compiled.ts";
import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";

const StoredOptions = Type.Array(
  Type.Object({
    const: Type.Union([Type.String(), Type.Number()]),
    title: Type.String(),
    description: Type.Optional(Type.String()),
  }),
);
const storedOptions = compiled(StoredOptions);

export interface StoredList {
  options: Static<typeof StoredOptions>;
  /** Epoch milliseconds. */
  readAt: number;
}

export interface AccountListStore {
  read(account: AccountKey, name: string): Promise<StoredList | undefined>;
  keep(account: AccountKey, name: string, list: StoredList): Promise<void>;
}

export function createAccountListStore({ database: { db } }: { database: Database }): AccountListStore {
  return {
    async read({ platform, rcAccount, tenant }, name) {
      const row = await db
        .selectFrom("account_lists")
        .select(["list", "read_at"])
        .where("rc_account", "=", rcAccount)
        .where("platform", "=", platform)
        .where("tenant", "=", tenant)
        .where("list_key", "=", name)
        .executeTakeFirst();
      return row && { options: storedOptions.Parse(JSON.parse(row.list)), readAt: row.read_at };
    },

    async keep({ platform, rcAccount, tenant }, name, { options, readAt }) {
      const changing = { list: JSON.stringify(options), read_at: readAt };
      await db
        .insertInto("account_lists")
        .values({ rc_account: rcAccount, platform, tenant, list_key: name, ...changing })
        .onConflict((conflict) =>
          conflict.columns(["rc_account", "platform", "tenant", "list_key"]).doUpdateSet(changing),
        )
        .execute();
    },
  };
}
