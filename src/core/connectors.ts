/** The connectors that this server offers, by their wire name. */

import type { Connector, CrmPlace, ManifestSite } from "../sdk/connector.ts";
import { TrunklineError } from "../sdk/errors.ts";

export interface Connectors {
  readonly offered: readonly Connector[];
  readonly site: ManifestSite;
  /** Where requests of a connector go, for a host and an API origin that were checked before. */
  originsOf(connector: Connector, place: CrmPlace): { api: string; oauth?: string };
  /** Throws `unknown-platform`, also for names that every object has, such as "constructor". */
  byPlatform(platform: string): Connector;
}

/** A connector that lacks its configuration is left out: it would only fail in front of a user. */
export function createConnectors(all: readonly Connector[], site: ManifestSite): Connectors {
  const offered = all.filter((connector) => connector.isConfigured(site.environment));
  const byName = new Map(offered.map((connector) => [connector.platform, connector]));
  return {
    offered,
    site,
    originsOf(connector, place) {
      const api = connector.apiOrigin(place);
      if (connector.auth.type === "apiKey") return { api };
      return { api, oauth: new URL(connector.auth.endpoints(place).token).origin };
    },
    byPlatform(platform) {
      const connector = byName.get(platform);
      if (connector === undefined) throw new TrunklineError("unknown-platform", "Platform not found");
      return connector;
    },
  };
}

/** The site as it is now: its address is known once the server listens. */
export function siteOf({ site }: Connectors): ManifestSite {
  return { serverUrl: site.serverUrl, environment: site.environment };
}
