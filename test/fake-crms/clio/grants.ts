/** The OAuth side of a fake Clio: codes, access tokens of thirty days, and refresh tokens that are never replaced. */

import { randomBytes } from "node:crypto";

const ACCESS_TOKEN_SECONDS = 2_592_000;

interface Grant {
  userId: number;
  /** The app it was given to: each region has its own. */
  clientId: string;
  refreshToken: string;
  accessTokens: Set<string>;
}

export interface Grants {
  /** What the authorisation page would send back for this user. */
  newCode(userId: number): string;
  exchange(code: string, clientId: string): TokenAnswer | undefined;
  refresh(refreshToken: string, clientId: string): TokenAnswer | undefined;
  /** Ends the whole grant that the access token belongs to. */
  revoke(accessToken: string): void;
  userOf(accessToken: string): number | undefined;
  expireAccessTokens(): void;
  /** The apps of the grants that stand. */
  clients(): string[];
}

interface TokenAnswer {
  token_type: "bearer";
  access_token: string;
  /** Left out of the answer to a refresh: the old one stays good. */
  refresh_token?: string;
  expires_in: number;
}

export function createGrants(): Grants {
  const codes = new Map<string, number>();
  const grants = new Set<Grant>();

  function accessTo(grant: Grant): TokenAnswer {
    const access_token = `clio-${randomBytes(24).toString("base64url")}`;
    grant.accessTokens.add(access_token);
    return { token_type: "bearer", access_token, expires_in: ACCESS_TOKEN_SECONDS };
  }

  function grantWith(accessToken: string): Grant | undefined {
    return [...grants].find((grant) => grant.accessTokens.has(accessToken));
  }

  return {
    newCode(userId) {
      const code = randomBytes(16).toString("base64url");
      codes.set(code, userId);
      return code;
    },
    exchange(code, clientId) {
      const userId = codes.get(code);
      if (userId === undefined) return undefined;
      codes.delete(code);
      const refreshToken = randomBytes(24).toString("base64url");
      const grant: Grant = { userId, clientId, refreshToken, accessTokens: new Set() };
      grants.add(grant);
      return { ...accessTo(grant), refresh_token: refreshToken };
    },
    refresh(refreshToken, clientId) {
      const grant = [...grants].find((one) => one.refreshToken === refreshToken && one.clientId === clientId);
      return grant && accessTo(grant);
    },
    revoke(accessToken) {
      const grant = grantWith(accessToken);
      if (grant !== undefined) grants.delete(grant);
    },
    userOf: (accessToken) => grantWith(accessToken)?.userId,
    expireAccessTokens() {
      for (const grant of grants) grant.accessTokens.clear();
    },
    clients: () => [...grants].map((grant) => grant.clientId),
  };
}
