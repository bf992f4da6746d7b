/** Synchronous plugins: each may change what a log says before it is accepted. None of them can lose it. */

import { isJsonObject, type JsonObject } from "../../store/json.ts";
import type { EntryKind } from "../../store/schema.ts";
import type { RegisteredPlugin } from "../../store/plugins.ts";
import type { StoredUser } from "../../store/users.ts";
import { effectiveSettings } from "../admin/effective-settings.ts";
import { heededPayload, shownPayload } from "./payload.ts";
import type { PluginExchange } from "./plugin-exchange.ts";
import type { PluginRegistrations } from "./registrations.ts";

/** A person waits: for all plugins together. */
const PATIENCE_MS = 3_000;

export interface ChangedPayload<Body> {
  body: Body;
  /** A plugin and why it was not heeded, as a sentence for the person. */
  unheeded: readonly { pluginId: string; why: string }[];
}

export interface PayloadChanges {
  /** `read` answers the body that a payload is, or undefined for one that a client could not send either. */
  changed<Body extends JsonObject>(
    user: StoredUser,
    kind: EntryKind,
    body: Body,
    read: (payload: JsonObject) => Body | undefined,
  ): Promise<ChangedPayload<Body>>;
}

export function createPayloadChanges(dependencies: {
  registrations: PluginRegistrations;
  exchange: PluginExchange;
}): PayloadChanges {
  const { registrations, exchange } = dependencies;

  return {
    async changed(user, kind, posted, read) {
      const plugins = (await registrations.of(user)).filter((one) => one.mode === "sync" && isAskedAbout(one, kind));
      const deadline = Date.now() + PATIENCE_MS;
      const unheeded: { pluginId: string; why: string }[] = [];
      let body = posted;
      for (const plugin of plugins) {
        const left = deadline - Date.now();
        const request = JSON.stringify({ data: shownPayload(body), config: configOf(user, plugin) });
        const answer =
          left > 0
            ? await exchange.send(plugin, request, left)
            : { outcome: "failed" as const, reason: "was not asked, because the ones before it took too long" };
        const payload = answer.outcome === "answered" ? heededPayload(body, answer.body) : undefined;
        const next = payload && read(payload);
        if (next !== undefined) body = next;
        else {
          const reason = answer.outcome === "failed" ? answer.reason : "answered with something that is not this log";
          unheeded.push({ pluginId: plugin.pluginId, why: `The plugin ${plugin.name} ${reason}.` });
        }
      }
      return { body, unheeded };
    },
  };
}

export function isAskedAbout({ logs }: RegisteredPlugin, kind: EntryKind): boolean {
  return logs === "calls and messages" || logs === `${kind}s`;
}

/** What the user, or their administrator, filled in for the plugin; null where nobody has. */
export function configOf(user: StoredUser, { pluginId }: RegisteredPlugin): JsonObject | null {
  const settings = effectiveSettings(user.settings, user.accountSettings);
  const key = `plugin_${pluginId}`;
  const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
  const value = isJsonObject(setting) ? setting["value"] : undefined;
  const config = isJsonObject(value) ? value["config"] : undefined;
  return isJsonObject(config) ? config : null;
}
