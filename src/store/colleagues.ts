/** Who of a company has logged a call, or can: for logging where nobody's browser says whose call it was. */

import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";

export interface ColleagueStore {
  /** The connected user of this id in the CRM whose own client names the account; undefined where there is none. */
  connected(account: AccountKey, crmUserId: string): Promise<string | undefined>;
  /** Users of the company who have the call in the ledger. */
  whoLogged(account: Pick<AccountKey, "platform" | "tenant">, sessionId: string): Promise<string[]>;
}

export function createColleagueStore({ database: { db } }: { database: Database }): ColleagueStore {
  return {
    async connected({ rcAccount, platform, tenant }, crmUserId) {
      const row = await db
        .selectFrom("users")
        .select("id")
        .where("platform", "=", platform)
        .where("tenant", "=", tenant)
        .where("crm_user_id", "=", crmUserId)
        .where("rc_account_id", "=", rcAccount)
        .where("credentials", "is not", null)
        .executeTakeFirst();
      return row?.id;
    },

    async whoLogged({ platform, tenant }, sessionId) {
      const rows = await db
        .selectFrom("log_entries")
        .innerJoin("users", "users.id", "log_entries.user_id")
        .select("users.id")
        .where("log_entries.source_key", "=", sessionId)
        .where("log_entries.kind", "=", "call")
        .where("users.platform", "=", platform)
        .where("users.tenant", "=", tenant)
        .orderBy("log_entries.created_at")
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
