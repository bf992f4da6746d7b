/** How a connector's users log in: with a key typed into a form, or through the CRM's OAuth 2 server. */

import type { CrmPlace, ManifestSite } from "./connector.ts";

/** What the login form of an API-key CRM sent. */
export interface ApiKeyForm {
  apiKey: string;
  additionalInfo: Readonly<Record<string, unknown>>;
}

export interface ApiKeyAuth {
  type: "apiKey";
  /** The value after "Basic ": base64 of what the CRM wants there. */
  getBasicAuth(form: ApiKeyForm): string;
}

export interface OAuth2Endpoints {
  authorization: string;
  token: string;
  /** RFC 7009; absent where the connector's `unAuthorize` does it in its own way. */
  revocation?: string;
}

export interface OAuth2Client {
  id: string;
  secret: string;
}

export interface OAuth2Auth {
  type: "oauth";
  endpoints(place: CrmPlace): OAuth2Endpoints;
  /** The app registered at the CRM; undefined where the environment does not name one. */
  client(place: CrmPlace): OAuth2Client | undefined;
  /** How the client identifies itself at the token endpoint. */
  clientAuthentication: "basic" | "post";
  redirectUri(site: ManifestSite): string;
  /** What holds at one place, where that has to be asked for first: it takes the place of all else here. */
  at?(place: CrmPlace): Promise<OAuth2Auth>;
  /** What a token request must carry besides, or instead, for a CRM that departs from the standard. */
  tokenRequest?(code: string): TokenRequest | undefined;
  /** Refreshes in the CRM's own way. Called while no other process can; answers undefined where the grant is over. */
  refresh?(present: OAuthGrant, user: { id: string; tenant: string }, place: CrmPlace): Promise<OAuthGrant | undefined>;
  /** The API's origin, where the CRM's token answer names it. It is checked against the connector's hosts. */
  apiOriginFromTokens?(answer: Readonly<Record<string, unknown>>, place: CrmPlace): string | undefined;
}

export interface TokenRequest {
  headers?: Readonly<Record<string, string>>;
  body?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
}

/** What a user granted: the tokens, and what the connector asked to remember with them. */
export interface OAuthGrant {
  accessToken: string;
  refreshToken?: string | undefined;
  /** Epoch milliseconds. */
  expiresAt?: number | undefined;
  remembered: Readonly<Record<string, unknown>>;
}

/** The page that the client has built in as the place where an OAuth server sends people back to. */
export const EXTENSION_REDIRECT_URI = "https://ringcentral.github.io/ringcentral-embeddable/redirect.html";

/** An API key or a user name and password, sent as HTTP Basic. By default the key is the user name and there is no password. */
export function apiKey(options: { getBasicAuth?: (form: ApiKeyForm) => string } = {}): ApiKeyAuth {
  const keyAsUserName = (form: ApiKeyForm) => Buffer.from(`${form.apiKey}:`).toString("base64");
  return { type: "apiKey", getBasicAuth: options.getBasicAuth ?? keyAsUserName };
}

/** An OAuth 2 authorisation-code server. Refreshing, rotation and revocation are Trunkline's business. */
export function oauth2(
  options: Omit<OAuth2Auth, "type" | "clientAuthentication" | "redirectUri"> &
    Partial<Pick<OAuth2Auth, "clientAuthentication" | "redirectUri">>,
): OAuth2Auth {
  return { clientAuthentication: "basic", redirectUri: () => EXTENSION_REDIRECT_URI, ...options, type: "oauth" };
}
