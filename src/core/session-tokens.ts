/** The client's token: who it speaks for, whether its session still stands, and when a fresh one is due. */

import { createHash } from "node:crypto";
import { createSigner, createVerifier } from "fast-jwt";
import { type Static, Type } from "typebox";
import { compiled } from "../compiled.ts";
import type { SessionStore } from "../store/sessions.ts";
import type { StoredUser, UserStore } from "../store/users.ts";

const DAY_S = 24 * 60 * 60;
/** A year: the installed client never reads the refreshed token, so a short life would log people out for no reason. */
const LIFETIME_S = 365 * DAY_S;
/** A fresh token is offered from here on. */
const REFRESH_WITHIN_S = 7 * DAY_S;
const VERIFIED_TOKENS_KEPT = 5_000;

const Claims = Type.Object({
  /** The user's id in the CRM. */
  id: Type.Union([Type.String(), Type.Number()]),
  platform: Type.String(),
  tenant: Type.Optional(Type.String()),
  /** The session; tokens made by others from `id` and `platform` alone have none. */
  sid: Type.Optional(Type.String()),
  iat: Type.Optional(Type.Number()),
  exp: Type.Optional(Type.Number()),
});
type Claims = Static<typeof Claims>;

export interface RecognisedSession {
  user: StoredUser;
  /** A fresh token for the same session, where the present one has a week or less to live. */
  refreshedToken: string | undefined;
}

export interface SessionTokens {
  issue(user: StoredUser): Promise<string>;
  /** Whom the token speaks for, where that is remembered and nothing else is to be done about it. */
  recogniseAtOnce(token: string): StoredUser | undefined;
  /** Undefined for a token that is forged, expired, ended on the server or not one user's alone. */
  recognise(token: string): Promise<RecognisedSession | undefined>;
}

export interface SessionTokenDependencies {
  secret: string;
  users: UserStore;
  sessions: SessionStore;
}

export function createSessionTokens({ secret, users, sessions }: SessionTokenDependencies): SessionTokens {
  const sign = createSigner({ algorithm: "HS256", key: secret });
  const verify = createVerifier({ key: secret, algorithms: ["HS256"] });
  const claimsSchema = compiled(Claims);
  const verified = new Map<string, Claims>();

  /** Of a token that was verified before nothing but its age is checked again. */
  function claimsOf(token: string): Claims | undefined {
    const known = verified.get(token);
    if (known === undefined) return verifiedNow(token);
    if (known.exp === undefined || known.exp * 1000 > Date.now()) return known;
    verified.delete(token);
    return undefined;
  }

  function verifiedNow(token: string): Claims | undefined {
    try {
      const claims: unknown = verify(token);
      if (!claimsSchema.Check(claims)) return undefined;
      if (verified.size >= VERIFIED_TOKENS_KEPT) verified.clear();
      verified.set(token, claims);
      return claims;
    } catch {
      return undefined;
    }
  }

  function tokenFor(user: StoredUser, sid: string, issuedAt: number): string {
    const claims = { id: user.crmUserId, platform: user.platform, tenant: user.tenant, sid };
    return sign({ ...claims, iat: issuedAt, exp: issuedAt + LIFETIME_S });
  }

  async function userOf(claims: Claims): Promise<StoredUser | undefined> {
    if (claims.sid !== undefined) {
      const user = await users.bySession(claims.sid);
      return user !== undefined && speaksFor(claims, user) ? user : undefined;
    }
    const [user, another] = (
      await Promise.all(idsIn(claims).map((id) => users.byCrmUserId(claims.platform, id)))
    ).flat();
    if (user === undefined || another !== undefined || !user.connected || !speaksFor(claims, user)) return undefined;
    const issuedAt = (claims.iat ?? 0) * 1000;
    return user.loggedOutAt !== undefined && issuedAt <= user.loggedOutAt ? undefined : user;
  }

  return {
    async issue(user) {
      const now = Math.floor(Date.now() / 1000);
      const sid = await sessions.open(user.id, (now + LIFETIME_S) * 1000);
      return tokenFor(user, sid, now);
    },

    recogniseAtOnce(token) {
      const claims = claimsOf(token);
      if (claims?.sid === undefined || isDueToBeRefreshed(claims)) return undefined;
      const user = users.bySessionAtOnce(claims.sid);
      return user !== undefined && speaksFor(claims, user) ? user : undefined;
    },

    async recognise(token) {
      const claims = claimsOf(token);
      const user = claims && (await userOf(claims));
      if (claims === undefined || user === undefined) return undefined;
      if (!isDueToBeRefreshed(claims)) return { user, refreshedToken: undefined };
      const now = Math.floor(Date.now() / 1000);
      const expiresAt = (now + LIFETIME_S) * 1000;
      if (claims.sid !== undefined) {
        await sessions.extend(claims.sid, expiresAt);
        return { user, refreshedToken: tokenFor(user, claims.sid, now) };
      }
      // A token made by others has no session: it gets one, always the same, however often it is refreshed.
      const sid = createHash("sha256").update(token).digest("base64url");
      await sessions.openAs(sid, user.id, expiresAt);
      return { user, refreshedToken: tokenFor(user, sid, now) };
    },
  };
}

function isDueToBeRefreshed({ exp }: Claims): boolean {
  return exp !== undefined && exp - Math.floor(Date.now() / 1000) <= REFRESH_WITHIN_S;
}

function speaksFor(claims: Claims, user: StoredUser): boolean {
  const sameTenant = claims.tenant === undefined || claims.tenant === user.tenant;
  return idsIn(claims).includes(user.crmUserId) && claims.platform === user.platform && sameTenant;
}

/** App Connect's servers append the platform to the id: "123-pipedrive". A connector may know the user by either. */
function idsIn({ id, platform }: Claims): string[] {
  const whole = String(id);
  const end = `-${platform}`;
  return whole.endsWith(end) && whole.length > end.length ? [whole, whole.slice(0, -end.length)] : [whole];
}
