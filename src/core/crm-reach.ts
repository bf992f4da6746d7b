/** Makes a user's CRM reachable: the right connector, host and credentials, bound into one client. */

import type { CrmPlace, CrmUser } from "../sdk/connector.ts";
import type { CrmHttp } from "../sdk/crm-http.ts";
import type { StoredUser, UserStore } from "../store/users.ts";
import type { CrmBudgets } from "./crm-budgets.ts";
import { type Connectors, siteOf } from "./connectors.ts";
import { type CredentialKeeper, notConnected } from "./credentials.ts";
import type { CrmReach } from "./ledger/record-writer.ts";

export interface CrmReacher {
  of(user: StoredUser): CrmReach;
  byId(userId: string): Promise<CrmReach>;
  placeOf(user: StoredUser): CrmPlace;
}

export interface CrmReachDependencies {
  connectors: Connectors;
  crmHttp: CrmHttp;
  credentials: CredentialKeeper;
  users: UserStore;
  budgets: CrmBudgets;
}

export function createCrmReacher(dependencies: CrmReachDependencies): CrmReacher {
  const { budgets, connectors, crmHttp, credentials, users } = dependencies;
  function placeOf(user: StoredUser): CrmPlace {
    const stored = users.credentialsOf(user);
    const apiOrigin = stored?.type === "oauth" ? stored.apiOrigin : undefined;
    return { ...siteOf(connectors), hostname: user.hostname, apiOrigin };
  }

  function of(user: StoredUser): CrmReach {
    if (!user.connected) throw notConnected();
    const connector = connectors.byPlatform(user.platform);
    const place = placeOf(user);
    const crm = crmHttp.bind({
      platform: connector.platform,
      displayName: connector.displayName,
      origins: connectors.originsOf(connector, place),
      meaningOfFailure: connector.meaningOfFailure,
      learnBudget: (budget) => budgets.learn(user.id, budget),
      ...credentials.use(user, connector, place),
    });
    return { connector, crm, user: crmUserOf(user) };
  }

  return {
    of,
    placeOf,
    async byId(userId) {
      const user = await users.get(userId);
      if (user === undefined) throw notConnected();
      return of(user);
    },
  };
}

function crmUserOf(user: StoredUser): CrmUser {
  return {
    id: user.crmUserId,
    tenant: user.tenant,
    name: user.name,
    hostname: user.hostname,
    timeZone: user.timeZone,
    platformAdditionalInfo: user.platformAdditionalInfo,
    settings: user.settings,
  };
}
