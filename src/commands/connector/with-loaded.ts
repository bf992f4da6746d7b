/** The connectors of a process: ours, and those that its command line names. */

import { ConfigError } from "../../config.ts";
import { CONNECTORS } from "../../connectors/index.ts";
import type { Connector } from "../../sdk/connector.ts";
import { loadFromAppConnect } from "./app-connect.ts";
import { loadConnector } from "./load.ts";

/** For `parseArgs`. */
export const CONNECTOR_OPTIONS = {
  connector: { type: "string", multiple: true },
  "app-connect-connector": { type: "string", multiple: true },
} as const;

/** Ours, and those that lie at the given places. One that was written for App Connect may stand for one of ours. */
export async function withLoaded(
  places: readonly string[],
  appConnectPlaces: readonly string[] = [],
): Promise<Connector[]> {
  const named: { connector: Connector; place: string }[] = [];
  for (const place of places) named.push({ connector: await loadConnector(place), place });
  const replacing: { connector: Connector; place: string }[] = [];
  for (const place of appConnectPlaces) {
    for (const { connector } of await loadFromAppConnect(place)) replacing.push({ connector, place });
  }
  const replaced = new Set(replacing.map(({ connector }) => connector.platform));
  const connectors = CONNECTORS.filter(({ platform }) => !replaced.has(platform));
  for (const { connector, place } of [...named, ...replacing]) {
    if (connectors.some(({ platform }) => platform === connector.platform)) {
      throw new ConfigError(
        `There are two connectors for the platform ${connector.platform}; ${place} is one of them.`,
      );
    }
    connectors.push(connector);
  }
  return connectors;
}
