/** Which extensions of a RingCentral account belong to which user of a company's CRM. */

import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";
import { mappingsChanged } from "./followed-logs.ts";

export interface UserMapping {
  crmUserId: string;
  /** None where the administrator said that this user has no extension. */
  rcExtensionIds: readonly string[];
}

export interface UserMappingStore {
  /** In no particular order. */
  list(account: AccountKey): Promise<UserMapping[]>;
  /** In place of what stood there. */
  replace(account: AccountKey, mappings: readonly UserMapping[]): Promise<void>;
  /** Adds what is not there; what somebody else has said about a user meanwhile stays. */
  add(account: AccountKey, mappings: readonly UserMapping[]): Promise<void>;
  crmUserOf(account: AccountKey, rcExtensionId: string): Promise<string | undefined>;
}

/** Stands for "no extension", so that a user who was told to have none is not matched anew. */
const NONE = "";
/** A statement takes so many rows at a time: both databases limit its parameters. */
const ROWS_AT_ONCE = 500;

export function createUserMappingStore({ database: { db } }: { database: Database }): UserMappingStore {
  async function insert(handle: Database["db"], account: AccountKey, mappings: readonly UserMapping[]): Promise<void> {
    const rows = mappings.flatMap(({ crmUserId, rcExtensionIds }) =>
      (rcExtensionIds.length === 0 ? [NONE] : [...new Set(rcExtensionIds)]).map((rcExtensionId) => ({
        rc_account: account.rcAccount,
        platform: account.platform,
        tenant: account.tenant,
        crm_user_id: crmUserId,
        rc_extension_id: rcExtensionId,
      })),
    );
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await handle
        .insertInto("user_mappings")
        .values(rows.slice(at, at + ROWS_AT_ONCE))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }

  async function list(handle: Database["db"], account: AccountKey): Promise<UserMapping[]> {
    const rows = await handle
      .selectFrom("user_mappings")
      .select(["crm_user_id", "rc_extension_id"])
      .where("rc_account", "=", account.rcAccount)
      .where("platform", "=", account.platform)
      .where("tenant", "=", account.tenant)
      .orderBy("crm_user_id")
      .orderBy("rc_extension_id")
      .execute();
    const byUser = Map.groupBy(rows, (row) => row.crm_user_id);
    return [...byUser].map(([crmUserId, ofUser]) => ({
      crmUserId,
      rcExtensionIds: ofUser.map((row) => row.rc_extension_id).filter((id) => id !== NONE),
    }));
  }

  return {
    list: (account) => list(db, account),

    async replace(account, mappings) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom("user_mappings")
          .where("rc_account", "=", account.rcAccount)
          .where("platform", "=", account.platform)
          .where("tenant", "=", account.tenant)
          .execute();
        await insert(transaction, account, mappings);
        await mappingsChanged(transaction, account);
      });
    },

    async add(account, mappings) {
      await db.transaction().execute(async (transaction) => {
        const known = new Set((await list(transaction, account)).map(({ crmUserId }) => crmUserId));
        await insert(
          transaction,
          account,
          mappings.filter(({ crmUserId }) => !known.has(crmUserId)),
        );
        await mappingsChanged(transaction, account);
      });
    },

    async crmUserOf(account, rcExtensionId) {
      if (rcExtensionId === NONE) return undefined;
      const row = await db
        .selectFrom("user_mappings")
        .select("crm_user_id")
        .where("rc_account", "=", account.rcAccount)
        .where("platform", "=", account.platform)
        .where("tenant", "=", account.tenant)
        .where("rc_extension_id", "=", rcExtensionId)
        .orderBy("crm_user_id")
        .executeTakeFirst();
      return row?.crm_user_id;
    },
  };
}
