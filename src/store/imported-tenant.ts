/** The tenant of a user who was taken over from another server, until a login here tells the CRM's own. */

import type { Database } from "./database.ts";

type Handle = Database["db"];

/** No CRM answers such a name. */
export function importedTenant(hostname: string | undefined): string {
  return `imported:${hostname?.toLowerCase() ?? ""}`;
}

export interface NamedUser {
  platform: string;
  tenant: string;
  crmUserId: string;
  hostname: string | undefined;
}

/**
 * A user who was taken over without their tenant has it from now on, and with them what their administrators decided. The
 * credentials, sealed for the old one, are gone: whoever calls this has new ones.
 */
export async function nameTenant(handle: Handle, { platform, tenant, crmUserId, hostname }: NamedUser): Promise<void> {
  const before = [importedTenant(hostname), importedTenant(undefined)];
  const named = await handle
    .updateTable("users")
    .set({ tenant, credentials: null })
    .where("platform", "=", platform)
    .where("crm_user_id", "=", crmUserId)
    .where("tenant", "in", before)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom("users as known")
            .select("known.id")
            .where("known.platform", "=", platform)
            .where("known.crm_user_id", "=", crmUserId)
            .where("known.tenant", "=", tenant),
        ),
      ),
    )
    .returning("rc_account_id")
    .executeTakeFirst();
  if (!named?.rc_account_id) return;
  for (const table of ["account_settings", "user_mappings"] as const) {
    const rows = await handle
      .selectFrom(table)
      .selectAll()
      .where("rc_account", "=", named.rc_account_id)
      .where("platform", "=", platform)
      .where("tenant", "in", before)
      .execute();
    for (const row of rows) {
      await handle
        .insertInto(table)
        .values({ ...row, tenant })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
}
