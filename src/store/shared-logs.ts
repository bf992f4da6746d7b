/** For whom a call or a message has one record, whoever logs it: a company that logs without a browser, or one user of it. */

import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";

const EVERYBODY = "";

/**
 * From now on, and for good. With a user: theirs alone, however it is logged. One id stands for one RingCentral account, one
 * CRM and one company in it, so that nothing is ever shared beyond these.
 */
export async function shareLogs(handle: Database["db"], account: AccountKey, userId: string = EVERYBODY) {
  await handle
    .insertInto("shared_logs")
    .values({
      id: randomUUID(),
      rc_account: account.rcAccount,
      platform: account.platform,
      tenant: account.tenant,
      user_id: userId,
      created_at: Date.now(),
    })
    .onConflict((conflict) => conflict.columns(["rc_account", "platform", "tenant", "user_id"]).doNothing())
    .execute();
}

/** Where nothing is shared yet, and nothing is followed for whom it would be. */
export async function unshareLogs(handle: Database["db"], id: string): Promise<void> {
  await sql`
    delete from shared_logs where id = ${id}
      and not exists (select 1 from log_entries where log_entries.shared_log_id = ${id})
      and not exists (
        select 1 from followed_logs
        where followed_logs.rc_account = shared_logs.rc_account
          and followed_logs.platform = shared_logs.platform and followed_logs.tenant = shared_logs.tenant
      )`.execute(handle);
}

/** Read together with the user. What everybody shares comes before what is theirs alone: the empty text sorts first. */
export const SHARED_LOG = sql<string | null>`(
  select shared.id from shared_logs as shared
  where shared.rc_account = users.rc_account_id
    and shared.platform = users.platform and shared.tenant = users.tenant
    and shared.user_id in ('', users.id)
  order by shared.user_id limit 1
)`.as("shared_log_id");

/** The same of a company whose log is followed, or of the one user. */
export const SHARED_LOG_OF_FOLLOWED = sql<string | null>`(
  select shared.id from shared_logs as shared
  where shared.rc_account = followed_logs.rc_account
    and shared.platform = followed_logs.platform and shared.tenant = followed_logs.tenant
    and shared.user_id in ('', followed_logs.user_id)
  order by shared.user_id limit 1
)`.as("shared_log_id");
