/** Logging in at RingCentral: the page that people are sent to, and the grants that it and a JWT credential are exchanged for. */

import { type Static, Type } from "typebox";
import { TrunklineError } from "../sdk/errors.ts";
import type { Refusal } from "./failures.ts";
import type { Caller, PlatformHttp } from "./platform-http.ts";

const TOKEN = "/restapi/oauth/token";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/** OAuth's codes for an app that is unknown, or may not use this grant. */
const APP_IS_REFUSED = new Set(["invalid_client", "unauthorized_client"]);

/** An app registered at RingCentral. */
export interface RingCentralApp {
  id: string;
  secret: string;
}

/** Kept by whoever asked for them. A refresh token serves once: what it is exchanged for must be stored before it is used. */
export interface RingCentralTokens {
  accessToken: string;
  /** Epoch milliseconds. */
  accessTokenExpiresAt: number;
  refreshToken: string | undefined;
  refreshTokenExpiresAt: number | undefined;
  /** The extension that logged in. */
  ownerId: string | undefined;
  /** What the app may do, such as "ReadCallLog". */
  scopes: readonly string[];
}

export interface RingCentralLogin {
  /** False where no app is configured; everything below then says so. */
  isConfigured: boolean;
  /** Where somebody is sent to allow this app into their account. */
  authorizationUrl(asked: { redirectUri: string; state: string }): string;
  exchangeCode(answered: { code: string; redirectUri: string }): Promise<RingCentralTokens>;
  /** For a service without a person: the JWT credential that an administrator made at RingCentral. */
  exchangeJwt(jwt: string): Promise<RingCentralTokens>;
  refresh(refreshToken: string): Promise<RingCentralTokens>;
  /** Ends the whole session that the access or refresh token belongs to. */
  revoke(token: string): Promise<void>;
}

const TokenAnswer = Type.Object({
  access_token: Type.String({ minLength: 1 }),
  expires_in: Type.Number(),
  refresh_token: Type.Optional(Type.String()),
  refresh_token_expires_in: Type.Optional(Type.Number()),
  owner_id: Type.Optional(Type.String()),
  scope: Type.Optional(Type.String()),
});

export interface LoginOptions {
  http: PlatformHttp;
  server: string;
  app: RingCentralApp | undefined;
  now: () => number;
}

export function createLogin({ http, server, app, now }: LoginOptions): RingCentralLogin {
  async function grant(form: Readonly<Record<string, string>>, credential: string): Promise<RingCentralTokens> {
    const answer = await http.send(callerOf(registered(app)), TOKEN, {
      method: "POST",
      form,
      group: "Auth",
      spends: credential,
      isUrgent: true,
      as: TokenAnswer,
      meaningOf: refusedLogin,
    });
    if (answer instanceof TrunklineError) throw answer;
    return tokensOf(answer, now());
  }

  return {
    isConfigured: app !== undefined,
    authorizationUrl({ redirectUri, state }) {
      const url = new URL("/restapi/oauth/authorize", server);
      const query = { response_type: "code", client_id: registered(app).id, redirect_uri: redirectUri, state };
      for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
      return url.href;
    },
    exchangeCode: ({ code, redirectUri }) =>
      grant({ grant_type: "authorization_code", code, redirect_uri: redirectUri }, code),
    exchangeJwt: (jwt) => grant({ grant_type: JWT_BEARER, assertion: jwt }, jwt),
    refresh: (refreshToken) => grant({ grant_type: "refresh_token", refresh_token: refreshToken }, refreshToken),
    async revoke(token) {
      await http.send(callerOf(registered(app)), "/restapi/oauth/revoke", {
        method: "POST",
        form: { token },
        group: "Auth",
        spends: token,
        as: Type.Unknown(),
      });
    },
  };
}

function registered(app: RingCentralApp | undefined): RingCentralApp {
  if (app !== undefined) return app;
  throw new TrunklineError(
    "unsupported",
    "This server has no app at RingCentral. Whoever runs it sets RINGCENTRAL_CLIENT_ID and RINGCENTRAL_CLIENT_SECRET.",
  );
}

function callerOf({ id, secret }: RingCentralApp): Caller {
  const credentials = Buffer.from(`${id}:${secret}`).toString("base64");
  return { authorization: () => Promise.resolve(`Basic ${credentials}`) };
}

/** Authorisation codes, tokens and JWTs that serve no more come with any of these ("Error codes", seen 2026-11). */
function refusedLogin({ status, oauth }: Refusal): TrunklineError | undefined {
  if (status !== 400 && status !== 401 && status !== 403) return undefined;
  if (oauth !== undefined && APP_IS_REFUSED.has(oauth)) {
    return new TrunklineError(
      "ringcentral-rejected",
      "RingCentral refuses this server's app. Check RINGCENTRAL_CLIENT_ID, RINGCENTRAL_CLIENT_SECRET and the app's grants.",
      { status },
    );
  }
  return new TrunklineError("ringcentral-session-ended", "RingCentral did not grant access. Please connect again.", {
    status,
  });
}

function tokensOf(answer: Static<typeof TokenAnswer>, now: number): RingCentralTokens {
  const refreshSeconds = answer.refresh_token_expires_in;
  return {
    accessToken: answer.access_token,
    accessTokenExpiresAt: now + answer.expires_in * 1000,
    refreshToken: answer.refresh_token,
    refreshTokenExpiresAt: refreshSeconds === undefined ? undefined : now + refreshSeconds * 1000,
    ownerId: answer.owner_id,
    scopes: (answer.scope ?? "").split(" ").filter((scope) => scope !== ""),
  };
}
