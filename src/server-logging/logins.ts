/** Logging in for logging without a browser: RingCentral's grant is kept here, and the client gets a token that names it. */

import { createSigner, createVerifier } from "fast-jwt";
import { Type } from "typebox";
import type { KnownHolder } from "../core/admin/administrators.ts";
import type { RingCentralLogin, RingCentralTokens } from "../ringcentral/login.ts";
import { badInput, TrunklineError } from "../sdk/errors.ts";
import type { LoginKey, RingCentralAccess, RingCentralLoginStore } from "../store/ringcentral-logins.ts";
import { accessByCode, accessByJwt } from "./ringcentral-access.ts";
import { compiled } from "../compiled.ts";

/** Anybody may come with a code, and RingCentral counts our tries: this leaves room for those who are known. */
const REFUSED_CODES = { most: 2, withinMs: 60 * 1000 };
const LIFETIME_S = 365 * 24 * 60 * 60;
/** Keeps these tokens and those of the CRM's users apart: they are signed with the same key. */
const USE = "logging without a browser";

const Claims = compiled(Type.Object({ use: Type.Literal(USE), rcAccount: Type.String(), extensionId: Type.String() }));

export interface Logins {
  /** With the code of RingCentral's authorisation page. Answers our own token. */
  byCode(code: string | undefined): Promise<string>;
  /** With a JWT credential that was made at RingCentral. */
  byJwt(jwt: string): Promise<string>;
  /** Throws `not-logged-in` for a token that is not ours. */
  recognise(token: string | undefined): LoginKey;
}

export interface LoginsDependencies {
  login: RingCentralLogin;
  /** Who holds an access token, on RingCentral's word. */
  holderOf(accessToken: string): Promise<KnownHolder>;
  store: RingCentralLoginStore;
  secret: string;
  /** Where RingCentral sends people back to, with a code. */
  redirectUri(): string;
}

export function createLogins({ login, holderOf, store, secret, redirectUri }: LoginsDependencies): Logins {
  const sign = createSigner({ algorithm: "HS256", key: secret, expiresIn: LIFETIME_S * 1000 });
  const verify = createVerifier({ algorithms: ["HS256"], key: secret });

  let refusedAt: number[] = [];

  async function exchanged(code: string): Promise<RingCentralTokens> {
    const now = Date.now();
    refusedAt = refusedAt.filter((at) => at + REFUSED_CODES.withinMs > now);
    if (refusedAt.length >= REFUSED_CODES.most) {
      throw new TrunklineError("ringcentral-rate-limited", "Too many codes were refused in the last minute.", {
        retryAfterMs: REFUSED_CODES.withinMs,
      });
    }
    return login.exchangeCode({ code, redirectUri: redirectUri() }).catch((thrown: unknown) => {
      refusedAt.push(now);
      throw thrown;
    });
  }

  async function keep(access: RingCentralAccess): Promise<string> {
    const { rcAccount, extensionId } = await holderOf(access.accessToken);
    await store.save({ rcAccount, extensionId }, access);
    return sign({ use: USE, rcAccount, extensionId });
  }

  function claimsOf(token: string): unknown {
    try {
      return verify(token);
    } catch {
      return undefined;
    }
  }

  return {
    async byCode(code) {
      if (code === undefined || code === "") throw badInput("code", "is required");
      return keep(accessByCode(await exchanged(code)));
    },

    byJwt: async (jwt) => keep(accessByJwt(jwt, await login.exchangeJwt(jwt))),

    recognise(token) {
      const claims = token === undefined ? undefined : claimsOf(token);
      if (Claims.Check(claims)) return { rcAccount: claims.rcAccount, extensionId: claims.extensionId };
      throw new TrunklineError("not-logged-in", "X-Access-Token is missing or not valid. Please log in again.");
    },
  };
}
