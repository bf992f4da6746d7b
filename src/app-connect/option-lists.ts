/** Option lists that a connector keeps for an account, such as activity types: for a day, in this process alone. */

const KEEP_MS = 24 * 60 * 60 * 1000;
const LISTS_KEPT = 1_000;

export interface AccountData {
  read(key: AccountDataKey): KeptList | undefined;
  keep(key: AccountDataKey, content: unknown): KeptList;
  drop(key: AccountDataKey): void;
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

export function createAccountData(): AccountData {
  const lists = new Map<string, KeptList>();
  const textOf = ({ account, platform, name }: AccountDataKey) => JSON.stringify([account, platform, name]);
  return {
    read(key) {
      const list = lists.get(textOf(key));
      return list === undefined || list.keptAt + KEEP_MS < Date.now() ? undefined : list;
    },
    keep(key, content) {
      if (lists.size >= LISTS_KEPT) lists.clear();
      const list = { content, keptAt: Date.now() };
      lists.set(textOf(key), list);
      return list;
    },
    drop: (key) => void lists.delete(textOf(key)),
  };
}
