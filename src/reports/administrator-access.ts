/** As whom a report is read: only an administrator of the account reads it, on RingCentral's word, with a token of theirs. */

import { accountNamedBy, type Administrators, type KnownHolder } from "../core/admin/administrators.ts";
import type { RingCentral, RingCentralCredentials, RingCentralSession } from "../ringcentral/ringcentral.ts";
import { badInput, TrunklineError } from "../sdk/errors.ts";
import {
  accessByCode,
  createRingCentralAccesses,
  type RingCentralAccesses,
} from "../server-logging/ringcentral-access.ts";
import type { AdministratorLoginStore } from "../store/administrator-logins.ts";
import type { LoginKey, RingCentralLoginStore } from "../store/ringcentral-logins.ts";
import type { UserMappingStore } from "../store/user-mappings.ts";
import type { StoredUser } from "../store/users.ts";

export interface AdministratorAccess {
  holder: KnownHolder;
  session: RingCentralSession;
}

export interface AdministratorAccesses {
  /**
   * With the token that came with the request, else with the login that this very user has made at RingCentral, else with the
   * one for logging without a browser of the extension to which administrators have mapped this user. Throws
   * `ringcentral-forbids` for anybody who is not an administrator there at this moment.
   */
  of(user: StoredUser, rcAccessToken: string | undefined): Promise<AdministratorAccess>;
  /** Keeps the login of a user who comes back from RingCentral with a code; whoever is no administrator there is refused. */
  connect(user: StoredUser, code: string): Promise<void>;
}

export interface AdministratorAccessDependencies {
  ringCentral: RingCentral;
  administrators: Administrators;
  logins: AdministratorLoginStore;
  /** Logins for logging without a browser. */
  serverLogins: Pick<RingCentralLoginStore, "read">;
  serverAccesses: RingCentralAccesses;
  mappings: Pick<UserMappingStore, "list">;
  /** Where RingCentral sends people back to, with a code. */
  redirectUri(): string;
}

interface KeptLogin {
  who: LoginKey;
  credentials: RingCentralCredentials;
}

/** RingCentral counts our tries: one user who comes with made-up codes is stopped here. */
const REFUSED_CODES = { most: 3, withinMs: 60 * 1000 };

export function createAdministratorAccesses(dependencies: AdministratorAccessDependencies): AdministratorAccesses {
  const { administrators, logins, mappings, redirectUri, ringCentral, serverAccesses, serverLogins } = dependencies;
  const { login } = ringCentral;
  const accesses = createRingCentralAccesses({ logins, login });
  /** When codes were refused, by user. */
  const refused = new Map<string, number[]>();

  async function exchanged(userId: string, code: string) {
    const now = Date.now();
    for (const [id, at] of refused) if (at.every((one) => one + REFUSED_CODES.withinMs <= now)) refused.delete(id);
    const recent = refused.get(userId) ?? [];
    if (recent.length >= REFUSED_CODES.most) {
      throw new TrunklineError("ringcentral-rate-limited", "Too many codes were refused in the last minute.", {
        retryAfterMs: REFUSED_CODES.withinMs,
      });
    }
    return login.exchangeCode({ code, redirectUri: redirectUri() }).catch((thrown: unknown) => {
      refused.set(userId, [...recent, now]);
      throw thrown;
    });
  }

  async function ownLogin({ id }: StoredUser): Promise<KeptLogin | undefined> {
    const key = { userId: id };
    const who = await logins.whoIs(key);
    return who && { who, credentials: accesses.of(key) };
  }

  async function mappedLogin(user: StoredUser): Promise<KeptLogin | undefined> {
    const account = accountNamedBy(user);
    const mapped = account === undefined ? [] : await mappings.list(account);
    for (const { crmUserId, rcExtensionIds } of mapped) {
      if (crmUserId !== user.crmUserId || account === undefined) continue;
      for (const extensionId of rcExtensionIds) {
        const who = { rcAccount: account.rcAccount, extensionId };
        if ((await serverLogins.read(who)) !== undefined) return { who, credentials: serverAccesses.of(who) };
      }
    }
    return undefined;
  }

  async function accessBy({ credentials, who }: KeptLogin): Promise<AdministratorAccess> {
    const holder = await holderBy(credentials);
    if (holder.rcAccount !== who.rcAccount || holder.extensionId !== who.extensionId) throw notAnAdministrator();
    return { holder, session: ringCentral.as(credentials) };
  }

  /** A token may be over before its time: then there is another to be had. */
  async function holderBy(credentials: RingCentralCredentials): Promise<KnownHolder> {
    const token = await credentials.accessToken();
    try {
      return await administrators.administratorOf(token);
    } catch (thrown) {
      unlessOver(thrown);
      const renewed = await credentials.renew?.(token);
      if (renewed === undefined) throw thrown;
      return administrators.administratorOf(renewed);
    }
  }

  return {
    async of(user, rcAccessToken) {
      if (rcAccessToken !== undefined) {
        const holder = await administrators.administratorOf(rcAccessToken);
        return { holder, session: ringCentral.as({ accessToken: () => Promise.resolve(rcAccessToken) }) };
      }
      const own = await ownLogin(user);
      const byOwn = own && (await accessBy(own).catch(unlessOver));
      if (byOwn !== undefined && !(byOwn instanceof TrunklineError)) return byOwn;
      const mapped = await mappedLogin(user);
      if (mapped !== undefined) return accessBy(mapped);
      throw byOwn ?? notAnAdministrator();
    },

    async connect(user, code) {
      if (code === "") throw badInput("code", "is required");
      const access = accessByCode(await exchanged(user.id, code));
      const holder = await administrators.administratorOf(access.accessToken);
      await logins.connect({ userId: user.id }, holder, access);
    },
  };
}

/** A login that is over may leave another. */
function unlessOver(thrown: unknown): TrunklineError {
  if (thrown instanceof TrunklineError && thrown.code === "ringcentral-session-ended") return thrown;
  throw thrown;
}

function notAnAdministrator(): TrunklineError {
  return new TrunklineError(
    "ringcentral-forbids",
    "Only an administrator of your RingCentral account may read reports. If you are one, connect to the CRM again or ask whoever runs this server.",
  );
}
