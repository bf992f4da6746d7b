/** The connectors that this server offers, by their wire name. */

import type { Connector, ConnectorEnvironment } from "../sdk/connector.ts";
import { TrunklineError } from "../sdk/errors.ts";

export interface Connectors {
  readonly offered: readonly Connector[];
  readonly environment: ConnectorEnvironment;
  /** Throws `unknown-platform`, also for names that every object has, such as "constructor". */
  byPlatform(platform: string): Connector;
}

/** A connector that lacks its configuration is left out: it would only fail in front of a user. */
export function createConnectors(all: readonly Connector[], environment: ConnectorEnvironment): Connectors {
  const offered = all.filter((connector) => connector.isConfigured(environment));
  const byName = new Map(offered.map((connector) => [connector.platform, connector]));
  return {
    offered,
    environment,
    byPlatform(platform) {
      const connector = byName.get(platform);
      if (connector === undefined) throw new TrunklineError("unknown-platform", "Platform not found");
      return connector;
    },
  };
}
