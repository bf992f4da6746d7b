/** A company's own OAuth client at a CRM: kept for its RingCentral account once a login has succeeded with it, pending until then. */

import { Type, type Static } from "typebox";
import { compiled } from "../compiled.ts";
import type { Database } from "./database.ts";
import type { Vault } from "./vault.ts";

const Client = Type.Object({
  clientId: Type.String(),
  clientSecret: Type.String(),
  accessTokenUri: Type.String(),
  authorizationUri: Type.Optional(Type.String()),
  redirectUri: Type.Optional(Type.String()),
  scopes: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
});
export type ManagedClient = Static<typeof Client>;
const storedClient = compiled(Client);

/** Who began a login, on RingCentral's word. */
export interface BegunLogin {
  rcAccount: string;
  platform: string;
  isAdministrator: boolean;
}

export interface ManagedOAuthStore {
  pending(rcAccount: string): Promise<ManagedClient | undefined>;
  /** In place of what is pending. */
  cache(rcAccount: string, client: ManagedClient, expiresAt: number): Promise<void>;
  dropPending(rcAccount: string): Promise<void>;
  of(rcAccount: string, platform: string): Promise<{ tenant: string; client: ManagedClient } | undefined>;
  /** A login into that company succeeded with what was pending: from now on it is the account's. */
  promote(rcAccount: string, platform: string, tenant: string, client: ManagedClient): Promise<void>;
  /** What was the account's elsewhere; what is pending stays so. */
  keep(rcAccount: string, platform: string, tenant: string, client: ManagedClient): Promise<void>;
  remove(rcAccount: string, platform: string): Promise<void>;
  /** `ticket` is a hash of what the client is given. */
  begin(ticket: string, login: BegunLogin, expiresAt: number): Promise<void>;
  /** Once, and only before it expires. */
  redeem(ticket: string, platform: string): Promise<BegunLogin | undefined>;
}

/** Stands for a CRM that is not known yet. */
const PENDING = "";

export function createManagedOAuthStore({ database, vault }: { database: Database; vault: Vault }): ManagedOAuthStore {
  const { db } = database;
  const placeOf = (rcAccount: string, platform: string) =>
    JSON.stringify([rcAccount, platform, "managed_oauth_clients.client"]);

  async function read(rcAccount: string, platform: string) {
    const row = await db
      .selectFrom("managed_oauth_clients")
      .selectAll()
      .where("rc_account", "=", rcAccount)
      .where("platform", "=", platform)
      .executeTakeFirst();
    if (row === undefined || (row.expires_at ?? Infinity) < Date.now()) return undefined;
    const client: unknown = JSON.parse(vault.open(row.client, placeOf(rcAccount, platform)));
    return { tenant: row.tenant ?? "", client: storedClient.Parse(client) };
  }

  async function write(
    handle: Database["db"],
    [rcAccount, platform]: readonly [rcAccount: string, platform: string],
    client: ManagedClient,
    facts: { tenant: string | null; expires_at: number | null },
  ): Promise<void> {
    const sealed = vault.seal(JSON.stringify(client), placeOf(rcAccount, platform));
    const changing = { client: sealed, updated_at: Date.now(), ...facts };
    await handle
      .insertInto("managed_oauth_clients")
      .values({ rc_account: rcAccount, platform, ...changing })
      .onConflict((conflict) => conflict.columns(["rc_account", "platform"]).doUpdateSet(changing))
      .execute();
  }

  async function remove(handle: Database["db"], rcAccount: string, platform: string): Promise<void> {
    await handle
      .deleteFrom("managed_oauth_clients")
      .where("rc_account", "=", rcAccount)
      .where("platform", "=", platform)
      .execute();
  }

  return {
    pending: async (rcAccount) => (await read(rcAccount, PENDING))?.client,
    cache: (rcAccount, client, expiresAt) =>
      write(db, [rcAccount, PENDING], client, { tenant: null, expires_at: expiresAt }),
    dropPending: (rcAccount) => remove(db, rcAccount, PENDING),
    of: read,
    async promote(rcAccount, platform, tenant, client) {
      await db.transaction().execute(async (transaction) => {
        await write(transaction, [rcAccount, platform], client, { tenant, expires_at: null });
        await remove(transaction, rcAccount, PENDING);
      });
    },
    keep: (rcAccount, platform, tenant, client) =>
      write(db, [rcAccount, platform], client, { tenant, expires_at: null }),
    remove: (rcAccount, platform) => remove(db, rcAccount, platform),

    async begin(ticket, { rcAccount, platform, isAdministrator }, expiresAt) {
      await db.deleteFrom("managed_oauth_logins").where("expires_at", "<", Date.now()).execute();
      await db
        .insertInto("managed_oauth_logins")
        .values({
          ticket,
          rc_account: rcAccount,
          platform,
          is_administrator: isAdministrator ? 1 : 0,
          expires_at: expiresAt,
        })
        .execute();
    },

    async redeem(ticket, platform) {
      const row = await db
        .deleteFrom("managed_oauth_logins")
        .where("ticket", "=", ticket)
        .where("platform", "=", platform)
        .where("expires_at", ">=", Date.now())
        .returningAll()
        .executeTakeFirst();
      return row && { rcAccount: row.rc_account, platform, isAdministrator: row.is_administrator === 1 };
    },
  };
}
