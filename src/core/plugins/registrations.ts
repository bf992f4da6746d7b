/** Which plugins an account has: registered and taken away by its administrators, remembered for a moment for every log. */

import { randomBytes } from "node:crypto";
import { badInput } from "../../sdk/errors.ts";
import type { AccountKey } from "../../store/account-settings.ts";
import type { PluginStore, PluginToRegister, RegisteredPlugin } from "../../store/plugins.ts";
import type { StoredUser, UserStore } from "../../store/users.ts";
import { accountNamedBy } from "../admin/administrators.ts";
import type { PluginExchange } from "./plugin-exchange.ts";

/** Every log asks for them; another process may work with an older list for as long. */
const REMEMBERED_MS = 5_000;
/** People wait for synchronous ones, and each asynchronous one is sent every log. */
const MOST_PLUGINS = 10;
const SECRET_BYTES = 32;

export interface PluginRegistrations {
  /** Answers the secret that signs what passes between us and the plugin; it is told this once. Binds whoever registers, too. */
  register(account: AccountKey, registeredBy: StoredUser, plugin: PluginToRegister): Promise<{ signingSecret: string }>;
  unregister(account: AccountKey, pluginId: string): Promise<void>;
  /** Of the account that the user's client names. */
  of(user: StoredUser): Promise<readonly RegisteredPlugin[]>;
}

export function createPluginRegistrations(dependencies: {
  plugins: PluginStore;
  exchange: PluginExchange;
  users: Pick<UserStore, "nameAccount">;
}): PluginRegistrations {
  const { plugins, exchange, users } = dependencies;
  const remembered = new Map<string, { list: Promise<RegisteredPlugin[]>; until: number }>();
  const keyOf = ({ rcAccount, platform, tenant }: AccountKey) => JSON.stringify([rcAccount, platform, tenant]);

  function listOf(account: AccountKey): Promise<RegisteredPlugin[]> {
    const now = Date.now();
    const key = keyOf(account);
    const present = remembered.get(key);
    if (present !== undefined && present.until > now) return present.list;
    for (const [other, { until }] of remembered) if (until <= now) remembered.delete(other);
    const list = plugins.list(account);
    remembered.set(key, { list, until: now + REMEMBERED_MS });
    list.catch(() => remembered.delete(key));
    return list;
  }

  return {
    async register(account, registeredBy, { address, ...plugin }) {
      const checked = exchange.checkedAddress(address, "address");
      const others = (await plugins.list(account)).filter(({ pluginId }) => pluginId !== plugin.pluginId);
      if (others.length >= MOST_PLUGINS) {
        throw badInput(
          "pluginId",
          `is one too many: an account has at most ${MOST_PLUGINS} plugins, so remove one first`,
        );
      }
      const signingSecret = randomBytes(SECRET_BYTES).toString("base64url");
      await plugins.save(account, { ...plugin, address: checked }, signingSecret);
      remembered.delete(keyOf(account));
      if (registeredBy.rcAccount !== account.rcAccount) await users.nameAccount(registeredBy.id, account.rcAccount);
      return { signingSecret };
    },

    async unregister(account, pluginId) {
      await plugins.remove(account, pluginId);
      remembered.delete(keyOf(account));
    },

    async of(user) {
      const account = accountNamedBy(user);
      return account === undefined ? [] : listOf(account);
    },
  };
}
