/** On whose behalf a service logs: the colleague whom it names, as far as the administrator or the colleague's own login says so. */

import type { StoredUser } from "../../store/users.ts";
import type { SessionTokens } from "../session-tokens.ts";
import { hashOfRingCentralId } from "./account-hash.ts";
import { accountNamedBy } from "./administrators.ts";
import type { UserMappings } from "./user-mapping.ts";

/** Contract: "isAssignedToUser" and its companions. */
export interface Assignment {
  /** The colleague's own token. */
  token: string | undefined;
  rcExtensionId: string | undefined;
}

export interface AssignedOwners {
  /** The colleague's id in the CRM; undefined where nothing says whose it is: the log is then in the user's own name. */
  ownerFor(user: StoredUser, assignment: Assignment): Promise<string | undefined>;
  /** Whether an extension, known by its hash, is a colleague's on the administrator's word. */
  isColleagues(user: StoredUser, hashedExtensionId: string): Promise<boolean>;
}

export function createAssignedOwners(dependencies: {
  mappings: Pick<UserMappings, "crmUserOf" | "list">;
  tokens: SessionTokens;
  hashKey: string;
}): AssignedOwners {
  const { mappings, tokens, hashKey } = dependencies;

  async function ownerByToken(user: StoredUser, token: string): Promise<string | undefined> {
    const colleague = (await tokens.recognise(token))?.user;
    const isColleague = colleague?.platform === user.platform && colleague.tenant === user.tenant;
    return isColleague ? colleague.crmUserId : undefined;
  }

  return {
    async ownerFor(user, { token, rcExtensionId }) {
      const byToken = token === undefined ? undefined : await ownerByToken(user, token);
      if (byToken !== undefined || rcExtensionId === undefined) return byToken;
      const account = accountNamedBy(user);
      return account && mappings.crmUserOf(account, rcExtensionId);
    },

    async isColleagues(user, hashedExtensionId) {
      const account = accountNamedBy(user);
      const mapped = account === undefined ? [] : await mappings.list(account);
      return mapped.some(
        ({ crmUserId, rcExtensionIds }) =>
          crmUserId !== user.crmUserId &&
          rcExtensionIds.some((id) => hashOfRingCentralId(id, hashKey) === hashedExtensionId),
      );
    },
  };
}
