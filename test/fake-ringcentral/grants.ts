/** The OAuth side of a fake RingCentral: codes, JWT credentials, access tokens of an hour, refresh tokens that serve once. */

import { randomBytes } from "node:crypto";
import type { Clock } from "./clock.ts";
import type { FakeExtension } from "./state.ts";

const ACCESS_SECONDS = 3_600;
const REFRESH_SECONDS = 604_800;

interface Session {
  id: string;
  extension: FakeExtension;
  accessToken: string;
  accessUntil: number;
  refreshToken: string;
  refreshUntil: number;
}

export interface TokenAnswer {
  access_token: string;
  token_type: "bearer";
  expires_in: number;
  refresh_token: string;
  refresh_token_expires_in: number;
  scope: string;
  owner_id: string;
  endpoint_id: string;
  session_id: string;
}

export interface Grants {
  /** A token as the browser of this extension has one. */
  tokenOf(extension: FakeExtension): string;
  /** What the authorisation page would send back. */
  newCode(extension: FakeExtension, redirectUri: string): string;
  /** A JWT credential as the developer console makes one. */
  newJwt(extension: FakeExtension): string;
  exchangeCode(code: string, redirectUri: string): TokenAnswer | undefined;
  exchangeJwt(jwt: string): TokenAnswer | undefined;
  refresh(refreshToken: string): TokenAnswer | undefined;
  /** Ends the session that the access or refresh token belongs to. */
  revoke(token: string): void;
  holderOf(accessToken: string): FakeExtension | undefined;
  expireAccessTokens(): void;
}

export function createGrants(clock: Clock): Grants {
  const codes = new Map<string, { extension: FakeExtension; redirectUri: string }>();
  const jwts = new Map<string, FakeExtension>();
  /** By access token. */
  const sessions = new Map<string, Session>();

  function begin(extension: FakeExtension, id = secret("session")): Session {
    const session = {
      id,
      extension,
      accessToken: secret("access"),
      accessUntil: clock.now() + ACCESS_SECONDS * 1000,
      refreshToken: secret("refresh"),
      refreshUntil: clock.now() + REFRESH_SECONDS * 1000,
    };
    sessions.set(session.accessToken, session);
    return session;
  }

  return {
    tokenOf: (extension) => begin(extension).accessToken,
    newCode(extension, redirectUri) {
      const code = secret("code");
      codes.set(code, { extension, redirectUri });
      return code;
    },
    newJwt(extension) {
      const jwt = secret("jwt");
      jwts.set(jwt, extension);
      return jwt;
    },
    exchangeCode(code, redirectUri) {
      const given = codes.get(code);
      codes.delete(code);
      return given?.redirectUri === redirectUri ? answerOf(begin(given.extension)) : undefined;
    },
    exchangeJwt(jwt) {
      const extension = jwts.get(jwt);
      return extension && answerOf(begin(extension));
    },
    refresh(refreshToken) {
      const session = [...sessions.values()].find((one) => one.refreshToken === refreshToken);
      if (session === undefined) return undefined;
      sessions.delete(session.accessToken);
      return session.refreshUntil > clock.now() ? answerOf(begin(session.extension, session.id)) : undefined;
    },
    revoke(token) {
      for (const { accessToken, refreshToken } of sessions.values()) {
        if (accessToken === token || refreshToken === token) sessions.delete(accessToken);
      }
    },
    holderOf(accessToken) {
      const session = sessions.get(accessToken);
      return session !== undefined && session.accessUntil > clock.now() ? session.extension : undefined;
    },
    expireAccessTokens() {
      for (const session of sessions.values()) session.accessUntil = 0;
    },
  };
}

function answerOf({ id, extension, accessToken, refreshToken }: Session): TokenAnswer {
  return {
    access_token: accessToken,
    token_type: "bearer",
    expires_in: ACCESS_SECONDS,
    refresh_token: refreshToken,
    refresh_token_expires_in: REFRESH_SECONDS,
    scope: "ReadAccounts ReadCallLog ReadCallRecording ReadMessages CallControl SubscriptionWebhook",
    owner_id: String(extension.id),
    endpoint_id: "endpoint-1",
    session_id: id,
  };
}

function secret(kind: string): string {
  return `rc-${kind}-${randomBytes(18).toString("base64url")}`;
}
