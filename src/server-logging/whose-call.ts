/** As whom a call is logged: whoever has it already, else the colleague whose extension it was, else who switched logging on. */

import { notConnected } from "../core/credentials.ts";
import type { ColleagueStore } from "../store/colleagues.ts";
import type { FollowedLog } from "../store/followed-logs.ts";
import type { StoredUser, UserStore } from "../store/users.ts";

export interface CallBelonging {
  user: StoredUser;
  /** The colleague's id in the CRM, where they have no login of their own. */
  owner: string | undefined;
  isLogged: boolean;
}

export interface WhoseCallDependencies {
  users: UserStore;
  colleagues: ColleagueStore;
  /** Contract: the administrator's mapping of extensions to users of the CRM. */
  crmUserOf(account: FollowedLog["account"], rcExtensionId: string): Promise<string | undefined>;
}

export type WhoseCall = (
  followed: FollowedLog,
  call: { sessionId: string; extensionId: string | undefined },
) => Promise<CallBelonging>;

export function createWhoseCall({ users, colleagues, crmUserOf }: WhoseCallDependencies): WhoseCall {
  async function known(id: string): Promise<StoredUser> {
    const user = await users.get(id);
    if (user?.connected !== true) throw notConnected();
    return user;
  }

  /** The id of the user, and whose the record shall be beside that. */
  async function assigned(followed: FollowedLog, extensionId: string | undefined) {
    const { account, userId, assignsOwners } = followed;
    const mapped = extensionId === undefined ? undefined : await crmUserOf(account, extensionId);
    if (mapped === undefined) return { id: userId, owner: undefined };
    const colleague = await colleagues.connected(account, mapped);
    return colleague === undefined
      ? { id: userId, owner: assignsOwners ? mapped : undefined }
      : { id: colleague, owner: undefined };
  }

  return async (followed, { sessionId, extensionId }) => {
    const { id, owner } = await assigned(followed, extensionId);
    const logged = await colleagues.whoLogged(followed.account, sessionId);
    // Somebody's browser may have logged it for an extension that is mapped to nobody.
    const whose = logged.includes(id) ? id : (logged[0] ?? id);
    return { user: await known(whose), owner, isLogged: logged.length > 0 };
  };
}
