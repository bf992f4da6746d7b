/** Access tokens for reading at RingCentral without anybody there: renewed in time, and stored before they are used. */

import type { RingCentralLogin, RingCentralTokens } from "../ringcentral/login.ts";
import type { RingCentralCredentials } from "../ringcentral/ringcentral.ts";
import { asTrunklineError, TrunklineError } from "../sdk/errors.ts";
import type { LoginKey, RingCentralAccess } from "../store/ringcentral-logins.ts";

/** Tokens are renewed this long before they run out. */
const EARLY_MS = 5 * 60 * 1000;

export interface RingCentralAccesses<Key = LoginKey> {
  of(key: Key): RingCentralCredentials;
}

/** Where logins are kept, by whatever tells them apart. */
export interface AccessStore<Key> {
  read(key: Key): Promise<RingCentralAccess | undefined>;
  save(key: Key, access: RingCentralAccess): Promise<void>;
}

export function createRingCentralAccesses<Key extends object>(dependencies: {
  logins: AccessStore<Key>;
  login: RingCentralLogin;
}): RingCentralAccesses<Key> {
  const { logins, login } = dependencies;
  const renewing = new Map<string, Promise<string>>();

  async function present(key: Key): Promise<RingCentralAccess> {
    const access = await logins.read(key);
    if (access !== undefined) return access;
    throw new TrunklineError("ringcentral-session-ended", "Nobody is logged in to RingCentral. Please log in again.");
  }

  async function renewed(key: Key, refused: string | undefined): Promise<string> {
    const before = await present(key);
    if (before.accessToken !== refused && isFresh(before)) return before.accessToken;
    try {
      const tokens = await (before.type === "jwt" ? login.exchangeJwt(before.jwt) : login.refresh(before.refreshToken));
      await logins.save(key, before.type === "jwt" ? accessByJwt(before.jwt, tokens) : accessByCode(tokens));
      return tokens.accessToken;
    } catch (thrown) {
      // A refresh token serves once: another process may have been first, and has stored what it got.
      const after = asTrunklineError(thrown).code === "ringcentral-session-ended" ? await present(key) : before;
      if (after.accessToken !== before.accessToken && isFresh(after)) return after.accessToken;
      throw thrown;
    }
  }

  function renewOnce(key: Key, refused: string | undefined): Promise<string> {
    const whose = JSON.stringify(Object.entries(key).map(String).toSorted());
    const running = renewing.get(whose) ?? renewed(key, refused).finally(() => renewing.delete(whose));
    renewing.set(whose, running);
    return running;
  }

  return {
    of: (key) => ({
      async accessToken() {
        const access = await present(key);
        return isFresh(access) ? access.accessToken : renewOnce(key, undefined);
      },
      renew: (refused) => renewOnce(key, refused),
    }),
  };
}

export function accessByJwt(jwt: string, { accessToken, accessTokenExpiresAt }: RingCentralTokens): RingCentralAccess {
  return { type: "jwt", jwt, accessToken, expiresAt: accessTokenExpiresAt };
}

export function accessByCode(tokens: RingCentralTokens): RingCentralAccess {
  const { accessToken, accessTokenExpiresAt: expiresAt, refreshToken } = tokens;
  if (refreshToken !== undefined) return { type: "code", refreshToken, accessToken, expiresAt };
  throw new TrunklineError(
    "ringcentral-rejected",
    "RingCentral gave no refresh token. Allow the grant type Refresh Token in this server's app at RingCentral.",
  );
}

function isFresh({ expiresAt }: RingCentralAccess): boolean {
  return expiresAt - EARLY_MS > Date.now();
}
