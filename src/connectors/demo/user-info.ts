/** Who logged in to the Demo CRM. */

import type { CrmContext, CrmUserReference, FieldOption, UserInfo } from "../../sdk/connector.ts";
import type { CrmClient } from "../../sdk/crm-http.ts";
import { Colleagues, Me } from "./schemas.ts";

/** Cost: 1 request. */
export async function getUserList({ crm }: CrmContext): Promise<CrmUserReference[]> {
  const { items } = await crm.get("/api/users", { as: Colleagues });
  return items.map(({ id, name, email }) => ({ id: String(id), name, ...(email ? { email } : {}) }));
}

/** The same as a list to choose from. Cost: 1 request. */
export async function colleagues(context: CrmContext): Promise<FieldOption[]> {
  return (await getUserList(context)).map(({ id, name }) => ({ const: id, title: name }));
}

export async function getUserInfo({ crm }: { crm: CrmClient }): Promise<UserInfo> {
  const me = await crm.get("/api/me", { as: Me });
  return {
    id: String(me.id),
    name: me.name,
    tenant: String(me.account?.id ?? "demo"),
    ...(me.timezone ? { timezoneName: me.timezone } : {}),
  };
}
