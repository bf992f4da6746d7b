/** The OAuth 2 conversation with a CRM: exchange a code, refresh, revoke. The only place that knows oauth4webapi. */

import * as oauth from "oauth4webapi";
import type { Agent } from "undici";
import type { OAuth2Auth, OAuth2Client, TokenRequest } from "./auth.ts";
import type { CrmPlace } from "./connector.ts";
import { CRM_LIMITS } from "./crm-http.ts";
import { failedTransport } from "./crm-failure.ts";
import { TrunklineError } from "./errors.ts";
import { exchange } from "./exchange.ts";

/** What the CRM handed out; times in epoch milliseconds. */
export interface OAuthTokens {
  accessToken: string;
  refreshToken: string | undefined;
  expiresAt: number | undefined;
  /** The API's origin where the token answer names one. Unchecked: the caller compares it with the connector's hosts. */
  apiOrigin: string | undefined;
  /** All that the CRM answered. */
  answer: Readonly<Record<string, unknown>>;
}

export interface OAuthClient {
  /** `callback` holds what the CRM appended to `redirectUri`. */
  exchangeCode(
    auth: OAuth2Auth,
    place: CrmPlace,
    crm: string,
    redirect: { redirectUri: string; callback: URLSearchParams },
  ): Promise<OAuthTokens>;
  refresh(auth: OAuth2Auth, place: CrmPlace, crm: string, refreshToken: string): Promise<OAuthTokens>;
  revoke(auth: OAuth2Auth, place: CrmPlace, crm: string, token: string): Promise<void>;
}

export function createOAuthClient(dependencies: { agent: Agent }): OAuthClient {
  const { agent } = dependencies;
  const sendWith = (besides: TokenRequest) => (url: string, init: TokenRequestInit) =>
    fetchThrough(agent, withQuery(url, besides.query), withMore(init, besides));
  const options = {
    [oauth.customFetch]: (url: string, init: TokenRequestInit) => fetchThrough(agent, url, init),
    // Endpoints come from the connector, never from a client; a sandbox on loopback speaks plain HTTP.
    [oauth.allowInsecureRequests]: true,
  };

  return {
    async exchangeCode(declared, place, crm, { redirectUri, callback }) {
      const auth = await authAt(declared, place);
      const { server, client, authentication } = partiesOf(auth, place, crm);
      const besides = auth.tokenRequest?.(callback.get("code") ?? "");
      return speaking(crm, async () => {
        const parameters = oauth.validateAuthResponse(server, client, callback, oauth.skipStateCheck);
        const answer = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          authentication,
          parameters,
          redirectUri,
          oauth.nopkce,
          besides === undefined ? options : { ...options, [oauth.customFetch]: sendWith(besides) },
        );
        if (answer.status === 401) {
          throw new TrunklineError(
            "crm-refused-login",
            `${crm} refused the login: it does not accept the app's secret.`,
          );
        }
        return tokensOf(auth, place, await oauth.processAuthorizationCodeResponse(server, client, answer));
      });
    },

    async refresh(declared, place, crm, refreshToken) {
      const auth = await authAt(declared, place);
      const { server, client, authentication } = partiesOf(auth, place, crm);
      return speaking(crm, async () => {
        const answer = await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options);
        const tokens = tokensOf(auth, place, await oauth.processRefreshTokenResponse(server, client, answer));
        // A server that does not rotate sends no new refresh token: the old one stays good (RFC 6749, section 6).
        return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
      });
    },

    async revoke(declared, place, crm, token) {
      const auth = await authAt(declared, place);
      const { server, client, authentication } = partiesOf(auth, place, crm);
      if (server.revocation_endpoint === undefined) return;
      await speaking(crm, async () => {
        const answer = await oauth.revocationRequest(server, client, authentication, token, options);
        await oauth.processRevocationResponse(answer);
      });
    },
  };
}

type TokenRequestInit = oauth.CustomFetchOptions<string, unknown>;

/** What holds at a place: declared outright, or to be asked for. */
export async function authAt(auth: OAuth2Auth, place: CrmPlace): Promise<OAuth2Auth> {
  return (await auth.at?.(place)) ?? auth;
}

function withQuery(address: string, query: TokenRequest["query"] = {}): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** A header of "" takes the standard's away. */
function withMore(init: TokenRequestInit, { body = {}, headers = {} }: TokenRequest): TokenRequestInit {
  const merged = new Headers(init.headers);
  for (const [name, value] of Object.entries(headers)) {
    if (value === "") merged.delete(name);
    else merged.set(name, value);
  }
  const form = new URLSearchParams(init.body instanceof URLSearchParams ? init.body : undefined);
  for (const [name, value] of Object.entries(body)) form.set(name, value);
  return { ...init, headers: Object.fromEntries(merged), body: form };
}

function partiesOf(auth: OAuth2Auth, place: CrmPlace, crm: string) {
  const endpoints = auth.endpoints(place);
  const registered = auth.client(place);
  if (registered === undefined) {
    throw new TrunklineError(
      "unsupported",
      `This server has no app registered at ${crm}. Please tell whoever runs it.`,
    );
  }
  const server: oauth.AuthorizationServer = {
    issuer: new URL(endpoints.token).origin,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    ...(endpoints.revocation === undefined ? {} : { revocation_endpoint: endpoints.revocation }),
  };
  const client: oauth.Client = { client_id: registered.id };
  const authentication =
    auth.clientAuthentication === "basic" ? basic(registered) : oauth.ClientSecretPost(registered.secret);
  return { server, client, authentication };
}

/**
 * The CRMs at hand take base64 of "id:secret" as it is (Pipedrive, "OAuth authorization"), where RFC 6749 would have both
 * percent-encoded first, and the library does.
 */
function basic({ id, secret }: OAuth2Client): oauth.ClientAuth {
  const credentials = Buffer.from(`${id}:${secret}`).toString("base64");
  return (_server, _client, _body, headers) => headers.set("authorization", `Basic ${credentials}`);
}

/** Runs one exchange and turns what the library throws into our own errors. */
async function speaking<T>(crm: string, talk: () => Promise<T>): Promise<T> {
  try {
    return await talk();
  } catch (thrown) {
    if (thrown instanceof TrunklineError) throw thrown;
    if (thrown instanceof oauth.ResponseBodyError || thrown instanceof oauth.AuthorizationResponseError) {
      const ended = thrown.error === "invalid_grant" || thrown.error === "access_denied";
      throw new TrunklineError(
        ended ? "crm-session-ended" : "crm-refused-login",
        ended ? `${crm} did not grant access. Please connect again.` : `${crm} refused the login.`,
      );
    }
    if (thrown instanceof oauth.OperationProcessingError) {
      throw new TrunklineError(
        "crm-answer-malformed",
        `${crm} answered the login with something that could not be understood.`,
      );
    }
    throw failedTransport(crm, "GET", thrown);
  }
}

function tokensOf(auth: OAuth2Auth, place: CrmPlace, answer: oauth.TokenEndpointResponse): OAuthTokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAt: answer.expires_in === undefined ? undefined : Date.now() + answer.expires_in * 1000,
    apiOrigin: auth.apiOriginFromTokens?.(answer, place),
    answer,
  };
}

/** Our own pool and time limit; the token endpoint never redirects. */
async function fetchThrough(
  agent: Agent,
  url: string,
  init: oauth.CustomFetchOptions<string, unknown>,
): Promise<Response> {
  const { origin, pathname, search } = new URL(url);
  const answer = await exchange(agent, {
    origin,
    path: pathname + search,
    // Tokens are asked for and given back in no other way (RFC 6749, 3.2; RFC 7009, 2.1).
    method: "POST",
    headers: init.headers,
    body: init.body instanceof URLSearchParams ? init.body.toString() : null,
    responseMs: CRM_LIMITS.responseMs,
    totalMs: CRM_LIMITS.responseMs,
    bodyBytes: CRM_LIMITS.bodyBytes,
  });
  const body = [204, 205, 304].includes(answer.status) ? null : (answer.body ?? "").toString();
  // The vendors' oddities are made regular here: a missing token_type, a lifetime in quotes, or a 201 where 200 is the standard.
  return new Response(regularised(answer.status, body), {
    status: answer.status === 201 ? 200 : answer.status,
    headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
  });
}

function regularised(status: number, body: string | null): string | null {
  if (body === null || status >= 300) return body;
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== "object" || answer === null || !("access_token" in answer)) return body;
    // Who the user is comes from the CRM's API alone: an id_token is nothing that we would check, or believe.
    const { id_token: _, ...told }: Record<string, unknown> = { token_type: "bearer", ...answer };
    const { expires_in: lifetime } = told;
    return JSON.stringify(typeof lifetime === "string" ? { ...told, expires_in: Number(lifetime) } : told);
  } catch {
    return body;
  }
}
