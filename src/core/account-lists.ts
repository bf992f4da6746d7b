/** Lists of a whole company in its CRM: read once for all of its users, and served as they were while the CRM cannot be asked. */

import type { AccountList, FieldOption } from "../sdk/connector.ts";
import { asTrunklineError, badInput, type TrunklineError } from "../sdk/errors.ts";
import type { AccountKey } from "../store/account-settings.ts";
import type { AccountListStore, StoredList } from "../store/account-lists.ts";
import type { StoredUser } from "../store/users.ts";
import { accountNamedBy } from "./admin/administrators.ts";
import type { CrmReacher } from "./crm-reach.ts";
import type { CrmReach } from "./ledger/record-writer.ts";

/** How long a list is good unless its connector says otherwise: App Connect's own day. */
const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

export interface AccountListsRead {
  lists: Record<string, FieldOption[]>;
  /** Why some of them may be out of date. */
  stale: TrunklineError | undefined;
}

export interface AccountLists {
  /** `fresh` asks the CRM in any case. Throws `bad-input` for a name that the connector does not have. */
  read(user: StoredUser, names: readonly string[], fresh: boolean): Promise<AccountListsRead>;
}

export function createAccountLists(dependencies: { lists: AccountListStore; reacher: CrmReacher }): AccountLists {
  const { lists, reacher } = dependencies;
  const underWay = new Map<string, Promise<StoredList>>();

  /** Asked once by all who want the same list at the same moment. */
  function asked(reach: CrmReach, account: AccountKey, name: string, { fetch }: AccountList): Promise<StoredList> {
    const key = JSON.stringify([account.rcAccount, account.platform, account.tenant, name]);
    const running =
      underWay.get(key) ??
      (async () => {
        const list = { options: await fetch(reach), readAt: Date.now() };
        await lists.keep(account, name, list);
        return list;
      })().finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  }

  async function one(reach: CrmReach, account: AccountKey, { fresh, list, name }: WantedList) {
    const known = await lists.read(account, name);
    const isGood = known !== undefined && known.readAt + (list.ttlMs ?? GOOD_FOR_MS) > Date.now();
    if (isGood && !fresh) return { options: known.options, failure: undefined };
    try {
      return { options: (await asked(reach, account, name, list)).options, failure: undefined };
    } catch (thrown) {
      const failure = asTrunklineError(thrown);
      // A CRM that refuses this user is another matter than one that is away.
      if (known === undefined || failure.origin !== "crm" || failure.retry === "never") throw failure;
      return { options: known.options, failure };
    }
  }

  return {
    async read(user, names, fresh) {
      const reach = reacher.of(user);
      const account = accountNamedBy(user) ?? { rcAccount: "", platform: user.platform, tenant: user.tenant };
      const wanted = names.map((name) => ({ name, fresh, list: listNamed(reach, name) }));
      const read = await Promise.all(
        wanted.map(async (list) => ({ name: list.name, ...(await one(reach, account, list)) })),
      );
      return {
        lists: Object.fromEntries(read.map(({ name, options }) => [name, options])),
        stale: read.find(({ failure }) => failure !== undefined)?.failure,
      };
    },
  };
}

interface WantedList {
  name: string;
  fresh: boolean;
  list: AccountList;
}

function listNamed({ connector }: CrmReach, name: string): AccountList {
  const { accountData = {}, displayName } = connector;
  const list = Object.hasOwn(accountData, name) ? accountData[name] : undefined;
  if (list !== undefined) return list;
  const known = Object.keys(accountData);
  const remedy = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  throw badInput("keys", `names no list of ${displayName}: ${remedy}`);
}
