/** Who a connected user is, asked of the CRM once more: their name, time zone and host may have changed since the login. */

import { TrunklineError } from "../sdk/errors.ts";
import type { StoredUser, UserStore } from "../store/users.ts";
import type { CrmReacher } from "./crm-reach.ts";
import { timeZoneOf } from "./users.ts";

export interface UserInfoRefresh {
  /** Answers the CRM's name. Throws `unsupported` where the connector can only tell at a login. */
  refresh(user: StoredUser): Promise<string>;
}

export function createUserInfoRefresh(dependencies: { reacher: CrmReacher; users: UserStore }): UserInfoRefresh {
  const { reacher, users } = dependencies;
  return {
    async refresh(user) {
      const reach = reacher.of(user);
      const { connector, crm } = reach;
      const { displayName } = connector;
      if (connector.refreshUserInfo !== undefined) {
        await connector.refreshUserInfo(reach);
        return displayName;
      }
      if (connector.ownRequests === true) {
        throw new TrunklineError("unsupported", `${displayName} can only be asked who you are when you log in.`);
      }
      const info = await connector.getUserInfo({ crm, hostname: user.hostname });
      if (info.id !== user.crmUserId || info.tenant !== user.tenant) {
        throw new TrunklineError(
          "crm-rejected",
          `${displayName} takes this login for somebody else's now. Please log out and log in again.`,
        );
      }
      await users.renewInfo(user.id, {
        name: info.name,
        timeZone: timeZoneOf(info),
        hostname: info.overridingHostname ?? user.hostname,
        platformAdditionalInfo: info.platformAdditionalInfo ?? {},
      });
      return displayName;
    },
  };
}
