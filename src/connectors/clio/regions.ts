/** Clio's four homes: each has its own host, its own tokens and its own registered app. */

import type { OAuth2Client } from "../../sdk/auth.ts";
import type { ConnectorEnvironment, CrmPlace } from "../../sdk/connector.ts";

export interface Region {
  /** Part of a user's tenant, so it must never change. */
  key: "us" | "eu" | "ca" | "au";
  name: string;
  hostname: string;
  /** Before CLIENT_ID and CLIENT_SECRET in the environment. */
  prefix: string;
}

const US: Region = { key: "us", name: "US", hostname: "app.clio.com", prefix: "CLIO_" };

/** docs.developers.clio.com, "Regions & Base URLs" (2026-11): a token of one region is worth nothing in another. */
export const REGIONS: readonly Region[] = [
  US,
  { key: "eu", name: "EU", hostname: "eu.app.clio.com", prefix: "CLIO_EU_" },
  { key: "ca", name: "CA", hostname: "ca.app.clio.com", prefix: "CLIO_CA_" },
  { key: "au", name: "AU", hostname: "au.app.clio.com", prefix: "CLIO_AU_" },
];

/** The host chooses the region, also where a sandbox has moved every endpoint to one place. */
export function regionOf(hostname: string | undefined): Region {
  return REGIONS.find((region) => region.hostname === hostname) ?? US;
}

export function clientOf(environment: ConnectorEnvironment, region: Region): OAuth2Client | undefined {
  const id = environment[`${region.prefix}CLIENT_ID`];
  const secret = environment[`${region.prefix}CLIENT_SECRET`];
  return id && secret ? { id, secret } : undefined;
}

export function apiOrigin({ environment, hostname }: Pick<CrmPlace, "environment" | "hostname">): string {
  return environment["CLIO_API_URL"] ?? `https://${regionOf(hostname).hostname}`;
}

export function oauthOrigin({ environment, hostname }: Pick<CrmPlace, "environment" | "hostname">): string {
  return environment["CLIO_OAUTH_URL"] ?? `https://${regionOf(hostname).hostname}`;
}
