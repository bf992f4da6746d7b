/** Stands in for App Connect's tables, which some connectors read: the current user, option lists, and otherwise nothing. */

import { membersIn, textIn } from "../answers.ts";
import { type AccountDataKey, type KeptList } from "../option-lists.ts";
import { currentCall, OWNERS_EXTENSION } from "../current-call.ts";
import { isMembers, type Members } from "../exports.ts";

/** A table without rows, to which nothing can be added. */
const empty = {
  findByPk: () => Promise.resolve(null),
  findOne: () => Promise.resolve(null),
  findAll: () => Promise.resolve([]),
  count: () => Promise.resolve(0),
  create: (values: unknown) => Promise.resolve(row(values)),
  upsert: (values: unknown) => Promise.resolve([row(values), true]),
  bulkCreate: () => Promise.resolve([]),
  update: () => Promise.resolve([0]),
  destroy: () => Promise.resolve(0),
};

export const CallLogModel = empty;
export const MessageLogModel = empty;
export const CacheModel = empty;
export const CallDownListModel = empty;
export const LlmSessionModel = empty;

/** Nobody but the user of the call: a connector sees no other's credentials. */
export const UserModel = {
  ...empty,
  findByPk: (id: unknown) => Promise.resolve(ifCurrent(id)),
  findOne: (options: unknown) => Promise.resolve(ifCurrent(whereIn(options)["id"])),
};

/** An account without settings of its own, in which the colleague who shall own the record is mapped: connectors look into it unguarded. */
export const AdminConfigModel = {
  ...empty,
  findByPk: (id: unknown) => Promise.resolve(account(id)),
  findOne: (options: unknown) => Promise.resolve(account(whereIn(options)["id"])),
};

export const AccountDataModel = {
  ...empty,
  findOne: (options: unknown) => Promise.resolve(keptRow(whereIn(options))),
  create: (values: unknown) => Promise.resolve(keep(membersIn(values))),
  upsert: (values: unknown) => Promise.resolve([keep(membersIn(values)), true]),
};

/** The list that is kept, or what `fetchFn` answers. */
export async function getOrRefreshAccountData(asked: unknown): Promise<unknown> {
  const { fetchFn, forceRefresh, ...where } = membersIn(asked);
  const kept = currentCall.getStore()?.accountData.read(keyIn(where));
  if (kept !== undefined && forceRefresh !== true) return kept.content;
  const fresh: unknown = typeof fetchFn === "function" ? await Reflect.apply(fetchFn, undefined, []) : undefined;
  keep({ ...where, data: fresh });
  return fresh;
}

function account(id: unknown): Members {
  const owner = currentCall.getStore()?.owner;
  const userMappings = owner === undefined ? [] : [{ crmUserId: owner, rcExtensionId: OWNERS_EXTENSION }];
  return row({ id, userSettings: {}, userMappings });
}

function ifCurrent(id: unknown) {
  const user = currentCall.getStore()?.user;
  return user !== undefined && user.id === id ? user : null;
}

function whereIn(options: unknown): Members {
  return membersIn(membersIn(options)["where"]);
}

/** Each user's own: what the account is called here is nothing that an administrator vouched for. */
function keyIn({ dataKey, platformName }: Members): AccountDataKey {
  const call = currentCall.getStore();
  return {
    account: JSON.stringify([call?.user?.["rcAccountId"], call?.user?.id]),
    platform: textIn(platformName) ?? call?.platform ?? "",
    name: textIn(dataKey) ?? "",
  };
}

function keep(values: Members): Members {
  const list = currentCall.getStore()?.accountData.keep(keyIn(values), values["data"]);
  return rowOf(values, list ?? { content: values["data"], keptAt: Date.now() });
}

function keptRow(where: Members): Members | null {
  const list = currentCall.getStore()?.accountData.read(keyIn(where));
  return list === undefined ? null : rowOf(where, list);
}

function rowOf(where: Members, { content, keptAt }: KeptList): Members {
  return row(
    { ...where, data: content, createdAt: new Date(keptAt), updatedAt: new Date(keptAt) },
    (now) => void keep(now),
    () => currentCall.getStore()?.accountData.drop(keyIn(where)),
  );
}

/** A row that can be changed and saved as the database library's rows can. */
function row(values: unknown, onSave?: (now: Members) => void, onDestroy?: () => void): Members {
  const members: Members = { ...membersIn(values) };
  const save = () => {
    onSave?.(members);
    return Promise.resolve(members);
  };
  const methods: Members = {
    save,
    update(changes: unknown) {
      if (isMembers(changes)) Object.assign(members, changes);
      return save();
    },
    set(name: unknown, value: unknown) {
      Object.assign(members, typeof name === "string" ? { [name]: value } : name);
      return members;
    },
    get: (name: unknown) => (typeof name === "string" ? members[name] : members),
    changed: () => true,
    destroy() {
      onDestroy?.();
      return Promise.resolve();
    },
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(members, name, { value });
  return members;
}
