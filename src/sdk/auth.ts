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
  /** The API's origin, where the CRM's token answer names it. It is checked against the connector's hosts. */
  apiOriginFromTokens?(answer: Readonly<Record<string, unknown>>, place: CrmPlace): string | undefined;
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
