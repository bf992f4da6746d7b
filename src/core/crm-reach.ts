/** Makes a user's CRM reachable: the right connector, host and credentials, bound into one client. */

import type { Connector, CrmPlace, CrmUser } from "../sdk/connector.ts";
import type { CrmHttp } from "../sdk/crm-http.ts";
import type { HandedCredentials, OwnAccess } from "../sdk/own-requests.ts";
import type { Credentials, StoredUser, UserStore } from "../store/users.ts";
import type { CrmBudgets } from "./crm-budgets.ts";
import { effectiveSettings } from "./admin/effective-settings.ts";
import { type Connectors, siteOf } from "./connectors.ts";
import { type CredentialKeeper, type CredentialsInUse, headerOf, notConnected } from "./credentials.ts";
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
    const { apiOrigin, tokenUrl }: { apiOrigin?: string; tokenUrl?: string } = stored?.type === "oauth" ? stored : {};
    return { ...siteOf(connectors), hostname: user.hostname, apiOrigin, tokenUrl };
  }

  /** A user who is read anew is another object: what changed about them is never overlooked. */
  const reached = new WeakMap<StoredUser, CrmReach>();

  function of(user: StoredUser): CrmReach {
    if (!user.connected) throw notConnected();
    const present = reached.get(user) ?? reachOf(user);
    reached.set(user, present);
    return present;
  }

  function reachOf(user: StoredUser): CrmReach {
    const connector = connectors.byPlatform(user.platform);
    const place = placeOf(user);
    const inUse = credentials.use(user, connector, place);
    const crm = crmHttp.bind({
      platform: connector.platform,
      userId: user.id,
      displayName: connector.displayName,
      origins: connectors.originsOf(connector, place),
      meaningOfFailure: connector.meaningOfFailure,
      learnBudget: (budget) => budgets.learn(user.id, budget),
      authorization: inUse.authorization,
      renew: inUse.renew,
    });
    const reach = { connector, crm, user: crmUserOf(user) };
    return connector.ownRequests === true ? { ...reach, access: accessOf(user, connector, inUse) } : reach;
  }

  /** For a connector that speaks HTTP by itself: it is told what `crm` would have known. */
  function accessOf(user: StoredUser, connector: Connector, inUse: CredentialsInUse): OwnAccess {
    return {
      credentials: async () => handed(await inUse.present()),
      async renewed(refused) {
        const header = await inUse.renew(refused.authorization);
        return header === undefined ? undefined : handed(await inUse.present());
      },
      remembered: users.credentialsOf(user)?.remembered ?? {},
      keep: (change) => credentials.keep(user, connector, change),
      observe: (request) => crmHttp.observe({ platform: connector.platform, userId: user.id, ...request }),
      learnBudget: (budget) => budgets.learn(user.id, budget),
    };
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

function handed(credentials: Credentials): HandedCredentials {
  const authorization = headerOf(credentials);
  if (credentials.type === "apiKey") return { type: "apiKey", authorization, apiKey: credentials.apiKey ?? "" };
  const { accessToken, expiresAt, refreshToken } = credentials;
  return { type: "oauth", authorization, accessToken, expiresAt, refreshToken };
}

function crmUserOf(user: StoredUser): CrmUser {
  return {
    id: user.crmUserId,
    tenant: user.tenant,
    name: user.name,
    hostname: user.hostname,
    timeZone: user.timeZone,
    platformAdditionalInfo: user.platformAdditionalInfo,
    settings: effectiveSettings(user.settings, user.accountSettings),
  };
}
