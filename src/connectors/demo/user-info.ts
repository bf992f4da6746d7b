/** Who logged in to the Demo CRM. */

import type { UserInfo } from "../../sdk/connector.ts";
import type { CrmClient } from "../../sdk/crm-http.ts";
import { Me } from "./schemas.ts";

export async function getUserInfo({ crm }: { crm: CrmClient }): Promise<UserInfo> {
  const me = await crm.get("/api/me", { as: Me });
  return {
    id: String(me.id),
    name: me.name,
    tenant: String(me.account?.id ?? "demo"),
    ...(me.timezone ? { timezoneName: me.timezone } : {}),
  };
}
