/** The administrator's settings of an account: read, saved, and what of them strangers may know. */

import { badInput } from "../../sdk/errors.ts";
import type { AccountKey, AccountSettingsStore, StoredAccountSettings } from "../../store/account-settings.ts";
import { isJsonObject, type JsonObject } from "../../store/json.ts";
import type { UserMapping, UserMappingStore } from "../../store/user-mappings.ts";
import type { StoredUser, UserStore } from "../../store/users.ts";

export interface AccountDecisions extends StoredAccountSettings {
  userMappings: UserMapping[];
}

/** Members that are absent stay as they are. */
export interface DecisionsToSave {
  userSettings?: JsonObject | undefined;
  /** Empty: none any more. */
  customAdapter?: string | undefined;
  userMappings?: readonly UserMapping[] | undefined;
}

export interface AccountSettings {
  read(account: AccountKey): Promise<AccountDecisions>;
  /** They bind whoever saved them as well, whatever account their client had named before. */
  save(account: AccountKey, savedBy: StoredUser, change: DecisionsToSave): Promise<void>;
  /** The address of the account's own manifest: all that a client may know before anybody has logged in. */
  customAdapterOf(rcAccount: string): Promise<string | undefined>;
}

export interface AccountSettingsDependencies {
  settings: AccountSettingsStore;
  mappings: UserMappingStore;
  users: UserStore;
}

export function createAccountSettings({ settings, mappings, users }: AccountSettingsDependencies): AccountSettings {
  return {
    async read(account) {
      const [stored, userMappings] = await Promise.all([settings.read(account), mappings.list(account)]);
      return { userSettings: {}, customAdapter: undefined, ...stored, userMappings };
    },

    async save(account, savedBy, { userSettings, customAdapter, userMappings }) {
      const adapter = customAdapter === undefined ? undefined : checkedAddress(customAdapter);
      await settings.change(account, savedBy.id, (present) => ({
        userSettings: userSettings === undefined ? (present?.userSettings ?? {}) : inEntries(userSettings),
        customAdapter: adapter === undefined ? present?.customAdapter : adapter || undefined,
      }));
      if (userMappings !== undefined) await mappings.replace(account, userMappings);
      if (savedBy.rcAccount !== account.rcAccount) await users.nameAccount(savedBy.id, account.rcAccount);
      await users.accountChanged(account);
    },

    customAdapterOf: (rcAccount) => settings.customAdapterOf(rcAccount),
  };
}

/** App Connect's document has bare values in its example, where clients send objects with a `value`. */
function inEntries(settings: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).map(([key, entry]) => [key, isJsonObject(entry) ? entry : { value: entry }]),
  );
}

/** Clients fetch it, so it must be a web address. */
function checkedAddress(address: string): string {
  const trimmed = address.trim();
  const { protocol = "" } = URL.canParse(trimmed) ? new URL(trimmed) : {};
  if (trimmed === "" || protocol === "https:" || protocol === "http:") return trimmed;
  throw badInput("adminSettings.customAdapter.url", "must be an http or https address");
}
