/** Who of a company can log a call or a message themselves: for logging where nobody's browser says whose it was. */

import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";

export interface ColleagueStore {
  /** The connected user of this id in the CRM whose own client names the account; undefined where there is none. */
  connected(account: AccountKey, crmUserId: string): Promise<string | undefined>;
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
  };
}
