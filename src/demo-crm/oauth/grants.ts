/** Codes, grants and tokens of the OAuth server. Only hashes are kept: a copy of the file opens nothing. */

import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

import { hashOf, newToken } from "../secrets.ts";
import { integer, text, textOrNull } from "../store/columns.ts";
import { rowId } from "../store/paging.ts";
import { inTransaction } from "../store/transaction.ts";

const CODE_LIFETIME_MS = 60_000;

/** What a person agreed to; the challenge is the S256 one of RFC 7636. */
export interface Consent {
  userId: string;
  redirectUri: string;
  scope: string;
  codeChallenge: string | null;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  scope: string;
}

export type Grants = ReturnType<typeof grantStore>;

export function grantStore(database: DatabaseSync, settings: { accessTokenSeconds: number }) {
  const insertCode = database.prepare("INSERT INTO oauth_codes VALUES (?, ?, ?, ?, ?, ?)");
  const takeCode = database.prepare("DELETE FROM oauth_codes WHERE code_hash = ? RETURNING *");
  const dropOldCodes = database.prepare("DELETE FROM oauth_codes WHERE expires_at <= ?");
  const insertGrant = database.prepare(
    "INSERT INTO oauth_grants (user_id, scope, refresh_token_hash) VALUES (?, ?, ?) RETURNING id",
  );
  const rotate = database.prepare(
    "UPDATE oauth_grants SET refresh_token_hash = ? WHERE refresh_token_hash = ? RETURNING id, scope",
  );
  const endGrant = database.prepare("DELETE FROM oauth_grants WHERE refresh_token_hash = ?");
  const insertAccess = database.prepare("INSERT INTO oauth_access_tokens VALUES (?, ?, ?)");
  const dropOldAccess = database.prepare("DELETE FROM oauth_access_tokens WHERE expires_at <= ?");
  const dropAccess = database.prepare("DELETE FROM oauth_access_tokens WHERE token_hash = ?");
  const holder = database.prepare(
    `SELECT user_id FROM oauth_access_tokens JOIN oauth_grants ON oauth_grants.id = grant_id
     WHERE token_hash = ? AND expires_at > ?`,
  );

  const newAccessToken = (grantId: number): string => {
    const accessToken = newToken();
    dropOldAccess.run(Date.now());
    insertAccess.run(hashOf(accessToken), grantId, Date.now() + settings.accessTokenSeconds * 1000);
    return accessToken;
  };

  return {
    newCode: ({ userId, redirectUri, scope, codeChallenge }: Consent): string => {
      const code = newToken();
      dropOldCodes.run(Date.now());
      const expiresAt = Date.now() + CODE_LIFETIME_MS;
      insertCode.run(hashOf(code), rowId(userId), redirectUri, scope, codeChallenge, expiresAt);
      return code;
    },

    /** A code is used up by its first presentation, whether that succeeds or not. */
    redeem: ({ code, redirectUri, codeVerifier }: Redemption): Tokens | undefined =>
      inTransaction(database, () => {
        const row = takeCode.get(hashOf(code));
        if (!row || integer(row, "expires_at") <= Date.now() || text(row, "redirect_uri") !== redirectUri)
          return undefined;
        if (!fits(textOrNull(row, "code_challenge"), codeVerifier)) return undefined;
        const refreshToken = newToken();
        const scope = text(row, "scope");
        const grant = insertGrant.get(integer(row, "user_id"), scope, hashOf(refreshToken));
        return { accessToken: newAccessToken(integer(grant, "id")), refreshToken, scope };
      }),

    /** The old refresh token is worthless from here on. */
    refresh: (oldToken: string): Tokens | undefined =>
      inTransaction(database, () => {
        const refreshToken = newToken();
        const grant = rotate.get(hashOf(refreshToken), hashOf(oldToken));
        return (
          grant && { accessToken: newAccessToken(integer(grant, "id")), refreshToken, scope: text(grant, "scope") }
        );
      }),

    userIdOf: (accessToken: string): string | undefined => {
      const row = holder.get(hashOf(accessToken), Date.now());
      return row && String(integer(row, "user_id"));
    },

    /** A refresh token takes its grant and all its access tokens along (RFC 7009, 2.1). */
    revoke: (token: string): void =>
      inTransaction(database, () => {
        endGrant.run(hashOf(token));
        dropAccess.run(hashOf(token));
      }),

    /** Every access token; the grants and their refresh tokens stay. Answers how many there were. */
    expireAccessTokens: (): number => Number(database.prepare("DELETE FROM oauth_access_tokens").run().changes),
  };
}

interface Redemption {
  code: string;
  redirectUri: string;
  codeVerifier: string | undefined;
}

/** A verifier without a challenge is refused too: somebody took the challenge out on the way (RFC 9700, 4.8.2). */
function fits(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null || verifier === undefined) return challenge === null && verifier === undefined;
  return createHash("sha256").update(verifier).digest("base64url") === challenge;
}
