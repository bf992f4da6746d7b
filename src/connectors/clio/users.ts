/** Who logged in to Clio, their colleagues, and how their session ends. */

import { Type } from "typebox";
import type { CrmContext, CrmUserReference, UserInfo } from "../../sdk/connector.ts";
import type { CrmClient } from "../../sdk/crm-http.ts";
import { allPages } from "./pages.ts";
import { regionOf } from "./regions.ts";
import { Me, UserPage } from "./schemas.ts";

/** Users and accounts are numbered in each region for itself, so the region is part of the tenant. */
export async function getUserInfo({
  crm,
  hostname,
}: {
  crm: CrmClient;
  hostname: string | undefined;
}): Promise<UserInfo> {
  const { data: me } = await crm.get("/api/v4/users/who_am_i.json", {
    query: { fields: "id,name,time_zone,account{id}" },
    as: Me,
  });
  const { key, hostname: home } = regionOf(hostname);
  return {
    id: String(me.id),
    name: me.name,
    tenant: me.account ? `${key}:${me.account.id}` : key,
    // Links into Clio need a host even where the client named none.
    overridingHostname: hostname ?? home,
    ...(me.time_zone ? { timezoneName: me.time_zone } : {}),
  };
}

/** Cost: 1 request for each 2000 users. */
export async function getUserList({ crm }: CrmContext): Promise<CrmUserReference[]> {
  const users = await allPages({ enabled: true, fields: "id,name,email", limit: 2000 }, (query) =>
    crm.get("/api/v4/users.json", { query, as: UserPage }),
  );
  return users.map(({ id, name, email }) => ({
    id: String(id),
    name: name ?? String(id),
    ...(email ? { email } : {}),
  }));
}

/** Not RFC 7009: the access token itself asks to be ended, and with it goes the whole grant, so it must still be valid. */
export async function unAuthorize({ crm }: CrmContext): Promise<void> {
  await crm.post("/oauth/deauthorize", { endpoint: "oauth", as: Type.Unknown() });
}
