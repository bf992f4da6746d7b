/** A company's own OAuth client: filled in by an administrator, tried by them, and from then on the one that their people log in with. */

import { createHash, randomBytes } from "node:crypto";
import type { Connector } from "../../sdk/connector.ts";
import { badInput } from "../../sdk/errors.ts";
import type { BegunLogin, ManagedClient, ManagedOAuthStore } from "../../store/managed-oauth.ts";
import type { Connectors } from "../connectors.ts";
import type { Connection, OAuthLogin, Users } from "../users.ts";
import type { Administrators, KnownHolder } from "./administrators.ts";
import { plainAuthOf, takesClient, withClient } from "./managed-client.ts";

const PENDING_MS = 24 * 60 * 60 * 1000;
/** Time enough for somebody to read a consent page. */
const LOGIN_MS = 15 * 60 * 1000;

export interface ManagedOAuthState {
  /** What the client needs for the address of the consent page; `state` proves afterwards who began, once. */
  ofAccount: (Omit<ManagedClient, "clientSecret"> & { state: string }) | undefined;
  /** Told to administrators alone. */
  pending: (Omit<ManagedClient, "clientSecret"> & { state: string }) | undefined;
}

export interface ManagedOAuth {
  cache(administrator: KnownHolder, client: ManagedClient): Promise<void>;
  dropPending(administrator: KnownHolder): Promise<void>;
  remove(administrator: KnownHolder, platform: string): Promise<void>;
  stateFor(platform: string, holder: KnownHolder): Promise<ManagedOAuthState>;
  /** With the company's client for whoever proves to be of it: by the state that they were given, or by a RingCentral token. */
  connect(login: OAuthLogin, rcAccessToken: string | undefined): Promise<Connection>;
}

export interface ManagedOAuthDependencies {
  connectors: Connectors;
  administrators: Administrators;
  store: ManagedOAuthStore;
  users: Users;
}

export function createManagedOAuth({
  administrators,
  connectors,
  store,
  users,
}: ManagedOAuthDependencies): ManagedOAuth {
  const fits = (connector: Connector, client: ManagedClient) =>
    takesClient(connector, connectors.site.environment, client);

  async function clientsOf(connector: Connector, { isAdministrator, rcAccount }: Omit<BegunLogin, "platform">) {
    const [kept, cached] = await Promise.all([
      store.of(rcAccount, connector.platform),
      isAdministrator ? store.pending(rcAccount) : undefined,
    ]);
    return {
      kept: kept !== undefined && fits(connector, kept.client) ? kept : undefined,
      pending: cached !== undefined && fits(connector, cached) ? cached : undefined,
    };
  }

  async function whoBegan({ callback, platform }: OAuthLogin, rcAccessToken: string | undefined) {
    const ticket = /(?:^|[,;&?\s])managed=([\w-]+)/.exec(callback.get("state") ?? "")?.[1];
    if (ticket !== undefined) {
      const begun = await store.redeem(hashOf(ticket), platform);
      if (begun !== undefined) return begun;
      throw badInput("state", "has been used or is too old: please connect again");
    }
    return rcAccessToken === undefined ? undefined : administrators.holderOf(rcAccessToken);
  }

  async function newState(platform: string, { isAdministrator, rcAccount }: KnownHolder): Promise<string> {
    const ticket = randomBytes(24).toString("base64url");
    await store.begin(hashOf(ticket), { rcAccount, platform, isAdministrator }, Date.now() + LOGIN_MS);
    return `platform=${platform},managed=${ticket}`;
  }

  return {
    async cache({ rcAccount }, client) {
      if (!connectors.offered.some((connector) => fits(connector, client))) {
        throw badInput("values", "must hold addresses of one CRM that this server lets people log in to through OAuth");
      }
      await store.cache(rcAccount, client, Date.now() + PENDING_MS);
    },

    dropPending: ({ rcAccount }) => store.dropPending(rcAccount),
    remove: ({ rcAccount }, platform) => store.remove(rcAccount, connectors.byPlatform(platform).platform),

    async stateFor(platform, holder) {
      const { kept, pending } = await clientsOf(connectors.byPlatform(platform), holder);
      const told = kept?.client ?? pending;
      const state = told === undefined ? "" : await newState(platform, holder);
      return {
        ofAccount: kept && { ...withoutSecret(kept.client), state },
        pending: pending && { ...withoutSecret(pending), state },
      };
    },

    async connect(login, rcAccessToken) {
      const connector = connectors.byPlatform(login.platform);
      const auth = plainAuthOf(connector);
      const who = auth && (await whoBegan(login, rcAccessToken));
      if (auth === undefined || who === undefined) return users.connectWithOAuth(login);
      const { rcAccount } = who;
      const { kept, pending } = await clientsOf(connector, who);
      const client = pending ?? kept?.client;
      if (client === undefined) return users.connectWithOAuth({ ...login, rcAccountId: rcAccount });
      const connection = await users.connectWithOAuth({
        ...login,
        // Where the company's secret is sent, no client has a say in.
        tokenUrl: undefined,
        rcAccountId: rcAccount,
        managed: { auth: withClient(auth, client), by: rcAccount },
        onlyInto: pending === undefined ? kept?.tenant : undefined,
      });
      if (pending !== undefined) await store.promote(rcAccount, login.platform, connection.user.tenant, pending);
      return connection;
    },
  };
}

function hashOf(ticket: string): string {
  return createHash("sha256").update(ticket).digest("hex");
}

function withoutSecret(client: ManagedClient): Omit<ManagedClient, "clientSecret"> {
  const { clientSecret: _, ...told } = client;
  return told;
}
