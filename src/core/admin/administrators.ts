/** Administrators: who may decide for a company is what RingCentral says of an access token, never what a client claims. */

import { badInput, TrunklineError } from "../../sdk/errors.ts";
import type { AccountKey } from "../../store/account-settings.ts";
import type { StoredUser } from "../../store/users.ts";
import { hashOfRingCentralId } from "./account-hash.ts";

/** Who holds a RingCentral access token, on RingCentral's word. */
export interface RingCentralHolder {
  accountId: string;
  extensionId: string;
  extensionNumber: string | undefined;
  name: string | undefined;
  email: string | undefined;
  isAdministrator: boolean;
}

/** A holder whose account is known by its hash as well. */
export interface KnownHolder extends RingCentralHolder {
  rcAccount: string;
}

export interface Administrators {
  /** Throws `bad-input` without a token, and a `ringcentral-…` error for one that is worth nothing. */
  holderOf(accessToken: string | undefined): Promise<KnownHolder>;
  /** The same, and throws `ringcentral-forbids` for anybody but an administrator of the whole account. */
  administratorOf(accessToken: string | undefined): Promise<KnownHolder>;
}

export interface AdministratorsDependencies {
  whoHolds(accessToken: string): Promise<RingCentralHolder>;
  hashKey: string;
}

export function createAdministrators({ whoHolds, hashKey }: AdministratorsDependencies): Administrators {
  async function holderOf(accessToken: string | undefined): Promise<KnownHolder> {
    if (accessToken === undefined) throw badInput("rcAccessToken", "is required: please log in to RingCentral");
    const holder = await whoHolds(accessToken);
    return { ...holder, rcAccount: hashOfRingCentralId(holder.accountId, hashKey) };
  }

  return {
    holderOf,
    async administratorOf(accessToken) {
      const holder = await holderOf(accessToken);
      if (holder.isAdministrator) return holder;
      throw new TrunklineError("ringcentral-forbids", "Only an administrator of your RingCentral account may do this.");
    },
  };
}

/** For whom an administrator decides: the company of the CRM user as whom they are logged in as well, and nobody else's. */
export function accountOf({ platform, tenant }: StoredUser, { rcAccount }: KnownHolder): AccountKey {
  return { rcAccount, platform, tenant };
}

/** Whose decisions bind a user; undefined where the client never named an account. */
export function accountNamedBy({ platform, tenant, rcAccount }: StoredUser): AccountKey | undefined {
  return rcAccount === undefined ? undefined : { rcAccount, platform, tenant };
}
