/** Who is connected, who else works in the company, and whether the login is still good. */

import type { CrmContext, CrmUserReference, ImportedUser, UserInfo } from "../../sdk/connector.ts";
import type { CrmClient } from "../../sdk/crm-http.ts";
import { readActiveTypes } from "./activity-type.ts";
import { Me, Users } from "./schemas.ts";

/**
 * Cost: 2 requests, side by side. The activity types are remembered, so that no log has to ask for them; without them a login
 * is a login all the same, and the first log asks.
 */
export async function getUserInfo({ crm }: { crm: CrmClient }): Promise<UserInfo> {
  const [{ data: me }, activityTypes] = await Promise.all([
    crm.get("/v1/users/me", { as: Me }),
    readActiveTypes(crm).catch(() => []),
  ]);
  return {
    id: String(me.id),
    name: me.name,
    tenant: String(me.company_id),
    ...(me.timezone_name ? { timezoneName: me.timezone_name } : {}),
    ...(me.timezone_offset ? { timezoneOffset: me.timezone_offset } : {}),
    ...(me.company_domain ? { overridingHostname: `${me.company_domain}.pipedrive.com` } : {}),
    platformAdditionalInfo: {
      companyId: me.company_id,
      companyName: me.company_name ?? "",
      companyDomain: me.company_domain ?? "",
      activityTypes,
    },
  };
}

/** App Connect's servers keep the company as well. */
export function importedTenant({ platformAdditionalInfo: { companyId } }: ImportedUser): string | undefined {
  return typeof companyId === "number" || typeof companyId === "string" ? String(companyId) : undefined;
}

/** Cost: 1 request, the cheapest that needs a login. */
export async function authValidation({ crm }: CrmContext): Promise<void> {
  await crm.get("/v1/users/me", { as: Me });
}

/** Cost: 1 request. */
export async function getUserList({ crm }: CrmContext): Promise<CrmUserReference[]> {
  const { data } = await crm.get("/v1/users", { as: Users });
  return data
    .filter(({ active_flag, is_deleted }) => active_flag !== false && is_deleted !== true)
    .map(({ id, name, email }) => ({ id: String(id), name, ...(email ? { email } : {}) }));
}
