/** Where Pipedrive lives, and as which app we speak to it. */

import type { OAuth2Client, OAuth2Endpoints } from "../../sdk/auth.ts";
import type { ConnectorEnvironment, ConnectorVariable, CrmPlace, ManifestSite } from "../../sdk/connector.ts";

/** Pipedrive sends people back to the one callback address of the app, which also hears of uninstallations. */
export const REDIRECT_PATH = "/pipedrive-redirect";

export const VARIABLES: readonly ConnectorVariable[] = [
  { name: "PIPEDRIVE_CLIENT_ID", kind: "text", explanation: "The client id of the app in Pipedrive's Developer Hub." },
  { name: "PIPEDRIVE_CLIENT_SECRET", kind: "secret", explanation: "Its client secret." },
  {
    name: "PIPEDRIVE_REDIRECT_URI",
    kind: "text",
    explanation: "The app's callback address, if it is not `<APP_SERVER>/pipedrive-redirect`.",
  },
  {
    name: "PIPEDRIVE_API_URL",
    kind: "origin",
    explanation: "A sandbox that takes the place of every company's own API address.",
  },
  {
    name: "PIPEDRIVE_OAUTH_URL",
    kind: "origin",
    explanation: "A sandbox that takes the place of `https://oauth.pipedrive.com`.",
  },
];

/** The company's own address comes with the token answer; `api.pipedrive.com` serves every company as well. */
export function apiOrigin({ environment, apiOrigin: fromTokens }: CrmPlace): string {
  return environment["PIPEDRIVE_API_URL"] ?? fromTokens ?? "https://api.pipedrive.com";
}

export function oauthEndpoints({ environment }: Pick<ManifestSite, "environment">): OAuth2Endpoints & {
  revocation: string;
} {
  const origin = environment["PIPEDRIVE_OAUTH_URL"] ?? "https://oauth.pipedrive.com";
  return {
    authorization: `${origin}/oauth/authorize`,
    token: `${origin}/oauth/token`,
    // RFC 7009. Revoking the refresh token ends the whole grant ("OAuth authorization", revoking the tokens).
    revocation: `${origin}/oauth/revoke`,
  };
}

export function oauthClient(environment: ConnectorEnvironment): OAuth2Client | undefined {
  const id = environment["PIPEDRIVE_CLIENT_ID"];
  const secret = environment["PIPEDRIVE_CLIENT_SECRET"];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Must be the same when people are sent to Pipedrive and when their code is exchanged. */
export function redirectUri({ serverUrl, environment }: ManifestSite): string {
  return environment["PIPEDRIVE_REDIRECT_URI"] ?? `${serverUrl}${REDIRECT_PATH}`;
}
