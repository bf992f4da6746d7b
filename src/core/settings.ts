/** The user's settings: merged key by key, unknown keys kept as they are. */

import type { JsonObject } from "../store/json.ts";
import type { StoredUser, UserStore } from "../store/users.ts";

export interface SettingsChange {
  userSettings: JsonObject;
  settingKeysToRemove: readonly string[];
}

export interface Settings {
  change(user: StoredUser, change: SettingsChange): Promise<JsonObject>;
}

export function createSettings({ users }: { users: UserStore }): Settings {
  return {
    change: (user, { userSettings, settingKeysToRemove }) =>
      users.changeSettings(user.id, (present) => {
        const merged = new Map([...Object.entries(present), ...Object.entries(userSettings)]);
        for (const key of settingKeysToRemove) merged.delete(key);
        return Object.fromEntries(merged);
      }),
  };
}
