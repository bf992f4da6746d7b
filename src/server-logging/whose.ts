/** As whom something is logged: the colleague whose extension it was, else whoever switched logging on. */

import { effectiveSettings } from "../core/admin/effective-settings.ts";
import { notConnected } from "../core/credentials.ts";
import type { ColleagueStore } from "../store/colleagues.ts";
import type { FollowedLog } from "../store/followed-logs.ts";
import type { JsonObject } from "../store/json.ts";
import type { StoredUser, UserStore } from "../store/users.ts";

export interface Belonging {
  /** With whose login it is written. */
  user: StoredUser;
  /** The colleague's id in the CRM, where they have no login of their own. */
  owner: string | undefined;
  /** Whose extension it was, in the CRM; undefined where it is mapped to nobody. */
  crmUserId: string | undefined;
  /** As they apply to whoever's extension it was: of somebody without a login, what the administrator decided. */
  settings: JsonObject;
}

export interface WhoseDependencies {
  users: Pick<UserStore, "get">;
  colleagues: ColleagueStore;
  /** Contract: the administrator's mapping of extensions to users of the CRM. */
  crmUserOf(account: FollowedLog["account"], rcExtensionId: string): Promise<string | undefined>;
}

export type Whose = (followed: FollowedLog, extensionId: string | undefined) => Promise<Belonging>;

export function createWhose({ users, colleagues, crmUserOf }: WhoseDependencies): Whose {
  /** Their records are shared as those of the followed log, whatever account their client names by now. */
  async function known(id: string, { sharedLogId }: FollowedLog): Promise<StoredUser> {
    const user = await users.get(id);
    if (user?.connected !== true) throw notConnected();
    return { ...user, sharedLogId };
  }

  return async (followed, extensionId) => {
    const { account, assignsOwners, scope, userId } = followed;
    // One's own are one's own, whoever the administrator takes one for.
    const isMapped = scope === "account" && extensionId !== undefined;
    const mapped = isMapped ? await crmUserOf(account, extensionId) : undefined;
    const colleague = mapped === undefined ? undefined : await colleagues.connected(account, mapped);
    const user = await known(colleague ?? userId, followed);
    const isOwn = scope !== "account" || user.crmUserId === mapped;
    return {
      user,
      owner: isOwn || !assignsOwners ? undefined : mapped,
      crmUserId: isOwn ? user.crmUserId : mapped,
      settings: effectiveSettings(isOwn ? user.settings : {}, user.accountSettings),
    };
  };
}
