/** How a plugin is asked, as far as the rules around it need to know. */

import type { RegisteredPlugin } from "../../store/plugins.ts";

export type PluginAnswer =
  | { outcome: "answered"; body: unknown }
  /** `reason` completes "The plugin …". */
  | { outcome: "failed"; reason: string };

export interface PluginExchange {
  /** An address as it may be registered; throws `bad-input` that names `field` for any other. */
  checkedAddress(address: string, field: string): string;
  /** Never throws: whatever goes wrong is the plugin's failure. */
  send(
    plugin: Pick<RegisteredPlugin, "pluginId" | "address" | "secret">,
    body: string,
    patienceMs: number,
  ): Promise<PluginAnswer>;
}
