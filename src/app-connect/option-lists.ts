/** What a connector keeps for an account, such as activity types, and the contacts that it found: for a day, in this process alone. */

const KEEP_MS = 24 * 60 * 60 * 1000;
const LISTS_KEPT = 1_000;

export interface AccountData {
  read(key: AccountDataKey): KeptList | undefined;
  keep(key: AccountDataKey, content: unknown): KeptList;
  drop(key: AccountDataKey): void;
  /** All of an account, by name. */
  named(account: Omit<AccountDataKey, "name">): [name: string, list: KeptList][];
}

export interface AccountDataKey {
  account: string;
  platform: string;
  name: string;
}

export interface KeptList {
  content: unknown;
  keptAt: number;
}

/** Each user's own: what the account is called here is nothing that an administrator vouched for. */
export function accountOf({ account, user }: { account: unknown; user: unknown }): string {
  return JSON.stringify([account, user]);
}

/** As App Connect names what it found for a number. */
export function contactKey(phoneNumber: string): string {
  return `contact-${phoneNumber}`;
}

export function createAccountData(): AccountData {
  const lists = new Map<string, KeptList & { key: AccountDataKey }>();
  const textOf = ({ account, platform, name }: AccountDataKey) => JSON.stringify([account, platform, name]);
  const isFresh = ({ keptAt }: KeptList) => keptAt + KEEP_MS >= Date.now();
  return {
    read(key) {
      const list = lists.get(textOf(key));
      return list !== undefined && isFresh(list) ? list : undefined;
    },
    keep(key, content) {
      if (lists.size >= LISTS_KEPT) lists.clear();
      const list = { content, keptAt: Date.now(), key };
      lists.set(textOf(key), list);
      return list;
    },
    drop: (key) => void lists.delete(textOf(key)),
    named: ({ account, platform }) =>
      [...lists.values()]
        .filter((list) => isFresh(list) && list.key.account === account && list.key.platform === platform)
        .map((list) => [list.key.name, list]),
  };
}
