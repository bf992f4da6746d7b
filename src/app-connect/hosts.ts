/** The hosts that a manifest names: the only ones that a client may say it is connected to. */

import type { PlatformManifest } from "../sdk/manifest.ts";

export interface ManifestHosts {
  /** Exact names, and `*.example.com`. */
  patterns: string[];
  /** The origin of a CRM that has one home. */
  home: string | undefined;
}

export function hostsIn({ environment, urlIdentifier }: PlatformManifest): ManifestHosts {
  const home = environment.type === "fixed" ? originOf(environment.url) : undefined;
  const addresses =
    environment.type === "selectable"
      ? environment.selections.map((selection) => selection.const)
      : [home ?? "", environment.type === "dynamic" ? (environment.urlIdentifier ?? "") : "", urlIdentifier];
  const patterns = addresses.flatMap((address) => patternOf(address) ?? []);
  return { patterns: [...new Set(patterns)], home };
}

/** "https://*.example.com/*" means "*.example.com"; a star alone, or before a whole country, names nothing. */
function patternOf(address: string): string | undefined {
  const host =
    address
      .trim()
      .toLowerCase()
      .replace(/^[a-z*]+:\/\//, "")
      .split(/[/?#]/)[0] ?? "";
  return /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/.test(host) ? host : undefined;
}

function originOf(address: string): string | undefined {
  const whole = /^https?:\/\//.test(address) ? address : `https://${address}`;
  return URL.canParse(whole) ? new URL(whole).origin : undefined;
}
