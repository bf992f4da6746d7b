/** The user's settings: their own merged key by key, unknown keys kept as they are, within what their administrator decided. */

import { isJsonObject, type JsonObject } from "../store/json.ts";
import type { StoredUser, UserStore } from "../store/users.ts";
import { effectiveSettings } from "./admin/effective-settings.ts";

export interface SettingsChange {
  userSettings: JsonObject;
  settingKeysToRemove: readonly string[];
}

export interface Settings {
  /** As they apply. `rcAccount` is the RingCentral account that the client names, where it names one. */
  of(user: StoredUser, rcAccount: string | undefined): Promise<JsonObject>;
  /** Answers them as they apply now. */
  change(user: StoredUser, change: SettingsChange): Promise<JsonObject>;
}

export function createSettings({ users }: { users: UserStore }): Settings {
  return {
    async of(user, rcAccount) {
      const isNew = rcAccount !== undefined && rcAccount !== user.rcAccount;
      const known = (isNew ? await users.nameAccount(user.id, rcAccount) : undefined) ?? user;
      return effectiveSettings(known.settings, known.accountSettings);
    },

    async change(user, { userSettings, settingKeysToRemove }) {
      const own = await users.changeSettings(user.id, (present) => {
        const merged = new Map([...Object.entries(present), ...Object.entries(userSettings)]);
        for (const key of settingKeysToRemove) merged.delete(key);
        return Object.fromEntries(merged);
      });
      return effectiveSettings(own, user.accountSettings);
    },
  };
}

/** What a setting says; undefined where nobody has said anything. */
export function settingValue(settings: Readonly<JsonObject>, key: string): unknown {
  const entry = Object.hasOwn(settings, key) ? settings[key] : undefined;
  return isJsonObject(entry) ? entry["value"] : undefined;
}
