/** OAuth as a connector written for App Connect describes it: asked for at each place, with its own ways of getting tokens. */

import type { OAuth2Auth, OAuthGrant, TokenRequest } from "../sdk/auth.ts";
import { EXTENSION_REDIRECT_URI, oauth2 } from "../sdk/auth.ts";
import type { CrmPlace } from "../sdk/connector.ts";
import { defined } from "../sdk/defined.ts";
import { TrunklineError } from "../sdk/errors.ts";
import type { PlatformManifest } from "../sdk/manifest.ts";
import { membersIn, textIn } from "./answers.ts";
import { call, type Callee, functionNamed } from "./calling.ts";
import type { Members } from "./exports.ts";
import { oauthApp } from "./oauth-app.ts";
import { changeOf, userObject } from "./user-object.ts";

/** Nothing is ever asked of this: what holds is asked for first. */
const UNKNOWN = "https://unknown.invalid";

export function oauthOf(callee: Callee, manifest: PlatformManifest): OAuth2Auth {
  const declared = manifest.auth.type === "oauth" ? manifest.auth.oauth : undefined;
  const redirect = textIn(declared?.redirectUri) ?? EXTENSION_REDIRECT_URI;

  async function at(place: CrmPlace): Promise<OAuth2Auth> {
    const answered = await call(callee, {
      run: functionNamed(callee, "getOauthInfo"),
      aim: "read",
      user: undefined,
      input: { tokenUrl: place.tokenUrl, hostname: place.hostname, isFromMCP: false },
    });
    const info = membersIn(answered.value);
    const problem = textIn(info["failMessage"]);
    if (problem !== undefined) throw new TrunklineError("crm-refused-login", problem);
    const token = textIn(info["accessTokenUri"]) ?? place.tokenUrl;
    if (token === undefined || !URL.canParse(token)) throw notConfigured(callee.crm);
    const [id, secret] = [textIn(info["clientId"]), textIn(info["clientSecret"])];
    const authorization = textIn(info["authorizationUri"]) ?? textIn(declared?.authUrl) ?? UNKNOWN;
    const overriding = callee.exports.functions.get("getOverridingOAuthOption");
    const refreshing = callee.exports.functions.get("checkAndRefreshAccessToken");
    return {
      ...oauth2({
        endpoints: () => ({ authorization, token }),
        client: () => (id === undefined ? undefined : { id, secret: secret ?? "" }),
        redirectUri: () => textIn(info["redirectUri"]) ?? redirect,
      }),
      ...(overriding && { tokenRequest: (code) => tokenRequestIn(overriding({ code, oauthInfo: info })) }),
      ...(refreshing && { refresh: (present, identity) => refreshed(callee, info, place, { present, ...identity }) }),
    };
  }

  return {
    ...oauth2({
      endpoints: () => ({ authorization: textIn(declared?.authUrl) ?? UNKNOWN, token: UNKNOWN }),
      client: () => undefined,
      redirectUri: () => redirect,
    }),
    at,
  };
}

interface Refreshing {
  present: OAuthGrant;
  id: string;
  tenant: string;
}

/** It decides by the expiry whether to refresh: it is told that the time has come. */
async function refreshed(
  callee: Callee,
  info: Members,
  place: CrmPlace,
  { present, id, tenant }: Refreshing,
): Promise<OAuthGrant | undefined> {
  const { accessToken, refreshToken, remembered } = present;
  const credentials = {
    type: "oauth",
    authorization: `Bearer ${accessToken}`,
    accessToken,
    refreshToken,
    expiresAt: 0,
  } as const;
  const facts = { id, tenant, hostname: place.hostname, timeZone: "UTC", settings: {}, platform: callee.platform };
  const user = userObject({ facts, credentials, remembered });
  const answered = await call(callee, {
    run: functionNamed(callee, "checkAndRefreshAccessToken"),
    aim: "read",
    user,
    // The one function that does not take an object.
    input: oauthApp(info),
    more: [user, LOCK_SECONDS],
  });
  if (answered.value === null || answered.value === undefined) return undefined;
  const change = changeOf(user, credentials);
  const { accessToken: fresh = accessToken, expiresAt, refreshToken: rotated = refreshToken } = change;
  return defined({
    accessToken: fresh,
    refreshToken: rotated,
    expiresAt: expiresAt === 0 ? undefined : expiresAt,
    remembered: change.remembered ?? remembered,
  });
}

/** App Connect's own default. */
const LOCK_SECONDS = 20;

function tokenRequestIn(option: unknown): TokenRequest {
  const { body, headers, query } = membersIn(option);
  return { body: textsIn(body), headers: textsIn(headers), query: textsIn(query) };
}

function textsIn(value: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, content] of Object.entries(membersIn(value))) {
    if (typeof content === "string" || typeof content === "number") texts[name] = String(content);
  }
  return texts;
}

function notConfigured(crm: string): TrunklineError {
  return new TrunklineError(
    "unsupported",
    `This server does not know where ${crm} exchanges tokens: the environment variables of its connector are missing. Please tell whoever runs it.`,
  );
}
