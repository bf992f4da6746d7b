/** The OAuth side of a fake Pipedrive: codes, access tokens and refresh tokens, and which grant they belong to. */

import { randomBytes } from "node:crypto";

/** "about an hour". */
const ACCESS_TOKEN_SECONDS = 3599;

interface Grant {
  userId: number;
  refreshToken: string;
  /** With the time at which each runs out. */
  accessTokens: Map<string, number>;
}

export interface Grants {
  /** What the authorization page would send back for this user. */
  newCode(userId: number): string;
  exchange(code: string): TokenPair | undefined;
  refresh(refreshToken: string): TokenPair | undefined;
  /** Either token ends the whole grant. */
  revoke(token: string): void;
  /** As an administrator of the company may. */
  revokeAll(): void;
  userOf(accessToken: string): number | undefined;
  expireAccessTokens(): void;
  /** How many grants have not been revoked. */
  count(): number;
}

interface TokenPair {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

export interface GrantOptions {
  /** A fresh refresh token with every refresh, the old one being worthless from then on. */
  rotating: boolean;
}

export function createGrants({ rotating }: GrantOptions): Grants {
  const codes = new Map<string, number>();
  const grants = new Set<Grant>();

  function tokensOf(grant: Grant): TokenPair {
    const accessToken = `v1u:${secret()}`;
    grant.accessTokens.set(accessToken, Date.now() + ACCESS_TOKEN_SECONDS * 1000);
    return { access_token: accessToken, refresh_token: grant.refreshToken, expires_in: ACCESS_TOKEN_SECONDS };
  }

  return {
    newCode(userId) {
      const code = secret();
      codes.set(code, userId);
      return code;
    },
    exchange(code) {
      const userId = codes.get(code);
      if (userId === undefined) return undefined;
      codes.delete(code);
      const grant: Grant = { userId, refreshToken: `${userId}:1:${secret()}`, accessTokens: new Map() };
      grants.add(grant);
      return tokensOf(grant);
    },
    refresh(refreshToken) {
      const grant = [...grants].find((one) => one.refreshToken === refreshToken);
      if (grant === undefined) return undefined;
      if (rotating) grant.refreshToken = `${grant.userId}:1:${secret()}`;
      return tokensOf(grant);
    },
    revoke(token) {
      for (const grant of grants) {
        if (grant.refreshToken === token || grant.accessTokens.has(token)) grants.delete(grant);
      }
    },
    revokeAll: () => grants.clear(),
    userOf(accessToken) {
      const grant = [...grants].find((one) => (one.accessTokens.get(accessToken) ?? 0) > Date.now());
      return grant?.userId;
    },
    expireAccessTokens() {
      for (const grant of grants) grant.accessTokens.clear();
    },
    count: () => grants.size,
  };
}

function secret(): string {
  return randomBytes(24).toString("base64url");
}
