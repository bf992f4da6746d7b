/** User mapping: every user of the CRM with the extensions that are theirs, found once and kept until an administrator says otherwise. */

import type { CrmUserReference } from "../../sdk/connector.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import type { AccountKey } from "../../store/account-settings.ts";
import type { UserMapping, UserMappingStore } from "../../store/user-mappings.ts";
import type { StoredUser } from "../../store/users.ts";
import type { CrmReacher } from "../crm-reach.ts";
import { matchUsers, type RcExtension } from "./match-users.ts";

export interface MappedUser {
  crmUser: CrmUserReference;
  /** None, one or several, in the order in which they were handed over. */
  extensions: RcExtension[];
}

export interface MappingRequest {
  extensions: readonly RcExtension[];
  /** Forget what was said before. */
  afresh: boolean;
}

export interface UserMappings {
  /** Cost: the CRM's list of users. */
  resolve(user: StoredUser, account: AccountKey, request: MappingRequest): Promise<MappedUser[]>;
  /** Whose logs an extension's calls are; undefined where nobody has said so. */
  crmUserOf(account: AccountKey, rcExtensionId: string): Promise<string | undefined>;
  list(account: AccountKey): Promise<UserMapping[]>;
}

export function createUserMappings(dependencies: { mappings: UserMappingStore; reacher: CrmReacher }): UserMappings {
  const { mappings, reacher } = dependencies;

  return {
    async resolve(user, account, { extensions, afresh }) {
      const reach = reacher.of(user);
      const { connector } = reach;
      if (connector.getUserList === undefined) {
        const sentence = `${connector.displayName} does not tell who its users are, so they cannot be mapped.`;
        throw new TrunklineError("unsupported", sentence);
      }
      const crmUsers = await connector.getUserList(reach);
      const before = afresh ? [] : await mappings.list(account);
      const matched = matchUsers(crmUsers, extensions, before);
      if (afresh) await mappings.replace(account, matched);
      else if (matched.length > 0) await mappings.add(account, matched);
      const idsOf = new Map([...before, ...matched].map((one) => [one.crmUserId, new Set(one.rcExtensionIds)]));
      return crmUsers.map((crmUser) => ({
        crmUser,
        extensions: extensions.filter(({ id }) => idsOf.get(crmUser.id)?.has(id) === true),
      }));
    },

    crmUserOf: (account, rcExtensionId) => mappings.crmUserOf(account, rcExtensionId),

    list: (account) => mappings.list(account),
  };
}
