/** Stands in for App Connect's tables, which some connectors read: the current user, option lists, and otherwise nothing. */

import { membersIn, textIn } from "../answers.ts";
import { type AccountDataKey, accountOf, contactKey, type KeptList } from "../option-lists.ts";
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
  async findOne(options: unknown) {
    const where = whereIn(options);
    const { dataKey = "" } = where;
    return keptRow(where) ?? (await contactRows(dataKey)).find((one) => one["dataKey"] === dataKey) ?? null;
  },
  async findAll(options: unknown) {
    const { dataKey, platformName } = whereIn(options);
    const rows = [...allKept(platformName), ...(await contactRows(dataKey))];
    return dataKey === undefined ? rows : rows.filter((one) => one["dataKey"] === dataKey);
  },
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

function keyIn({ dataKey, platformName }: Members): AccountDataKey {
  const call = currentCall.getStore();
  return {
    account: accountOf({ account: call?.user?.["rcAccountId"], user: call?.user?.id }),
    platform: textIn(platformName) ?? call?.platform ?? "",
    name: textIn(dataKey) ?? "",
  };
}

function allKept(platformName: unknown): Members[] {
  const key = keyIn({ platformName });
  const kept = currentCall.getStore()?.accountData.named(key) ?? [];
  return kept.map(([dataKey, list]) => rowOf({ dataKey, platformName: key.platform }, list));
}

/** Whom the number of the contact at hand belongs to: found once more where nobody remembers it, such as after a restart. */
async function contactRows(dataKey: unknown): Promise<Members[]> {
  if (dataKey !== undefined && textIn(dataKey)?.startsWith(contactKey("")) !== true) return [];
  const call = currentCall.getStore();
  const number = textIn(membersIn(call?.input["contactInfo"])["phoneNumber"]);
  const find = call?.exports.functions.get("findContact");
  if (call === undefined || number === undefined || find === undefined) return [];
  const key = keyIn({ dataKey: contactKey(number) });
  if (call.accountData.read(key) !== undefined) return [];
  const { authHeader, user } = call.input;
  const asked = { phoneNumber: number, overridingFormat: "", isExtension: "false", isForceRefreshAccountData: false };
  const { matchedContactInfo } = membersIn(await find({ user, authHeader, ...asked }));
  if (!Array.isArray(matchedContactInfo)) return [];
  return [rowOf({ dataKey: key.name, platformName: key.platform }, call.accountData.keep(key, matchedContactInfo))];
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
