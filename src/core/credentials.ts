/** A user's credentials in use: the header for each request, refreshed in time, once, and stored before it is used. */

import type { OAuth2Auth } from "../sdk/auth.ts";
import type { Connector, CrmPlace } from "../sdk/connector.ts";
import { asTrunklineError, TrunklineError } from "../sdk/errors.ts";
import { authAt, type OAuthClient, type OAuthTokens } from "../sdk/oauth.ts";
import type { AccessChange } from "../sdk/own-requests.ts";
import type { Credentials, StoredUser, UserStore } from "../store/users.ts";
import type { ClientOfTokens } from "./admin/managed-client.ts";
import { checkedOrigin } from "./crm-hosts.ts";
import { defined } from "../sdk/defined.ts";

/** Tokens are renewed this long before they run out. */
const EARLY_MS = 5 * 60 * 1000;
/** After a failed refresh the CRM is left alone for a while. */
const COOL_DOWN_MS = 30 * 1000;

type OAuthCredentials = Extract<Credentials, { type: "oauth" }>;

export interface CredentialsInUse {
  /** The present header value. */
  authorization(): Promise<string>;
  /** After a 401: a header other than the refused one, or undefined where there is none to be had. */
  renew(refused: string): Promise<string | undefined>;
  /** The credentials themselves, for a connector that speaks HTTP by itself. */
  present(): Promise<Credentials>;
}

export interface CredentialKeeper {
  use(user: StoredUser, connector: Connector, place: CrmPlace): CredentialsInUse;
  /** Keeps what a connector that speaks HTTP by itself has learnt. */
  keep(user: StoredUser, connector: Connector, change: AccessChange): Promise<void>;
}

export function createCredentialKeeper(dependencies: {
  users: UserStore;
  oauth: OAuthClient;
  clientOfTokens: ClientOfTokens;
}): CredentialKeeper {
  const { clientOfTokens, users, oauth } = dependencies;
  const refreshing = new Map<string, Promise<OAuthCredentials>>();
  const coolingUntil = new Map<string, { until: number; failure: TrunklineError }>();

  /** Asks the CRM for new tokens unless another request, here or in another process, has just done so. */
  async function refresh(userId: string, connector: Connector, auth: OAuth2Auth, place: CrmPlace, refused?: string) {
    const outcome = await users.holding(userId, async ({ user, saveCredentials, disconnect }) => {
      const credentials = user && users.credentialsOf(user);
      if (user === undefined || credentials?.type !== "oauth") return notConnected();
      if (refused === undefined ? !runsOutSoon(credentials) : headerOf(credentials) !== refused) return credentials;
      const cooling = coolingUntil.get(userId);
      if (cooling !== undefined && cooling.until > Date.now()) return cooling.failure;
      try {
        const renewed = await renewedBy({ auth, connector, credentials, place, user });
        await saveCredentials(user, renewed);
        coolingUntil.delete(userId);
        return renewed;
      } catch (thrown) {
        const failure = asTrunklineError(thrown);
        coolingUntil.set(userId, { until: Date.now() + COOL_DOWN_MS, failure });
        // Only the CRM's own word that the grant is over disconnects; everything else may pass.
        if (failure.code === "crm-session-ended") await disconnect(user);
        return failure;
      }
    });
    if (outcome instanceof TrunklineError) throw outcome;
    return outcome;
  }

  /** In the CRM's own way, where it has one. */
  async function renewedBy({ auth, connector, credentials, place, user }: Renewal): Promise<OAuthCredentials> {
    const { accessToken, apiOrigin, expiresAt, refreshToken, remembered = {} } = credentials;
    const own = (await authAt(auth, place)).refresh;
    if (own !== undefined) {
      const identity = { id: user.crmUserId, tenant: user.tenant };
      const grant = await own({ accessToken, expiresAt, refreshToken, remembered }, identity, place);
      if (grant === undefined) throw sessionEnded(connector);
      return { ...credentials, ...defined({ ...grant, remembered: { ...grant.remembered } }) };
    }
    if (refreshToken === undefined) throw sessionEnded(connector);
    const { managedBy } = credentials;
    const authOfTokens = await clientOfTokens.authFor(auth, connector.platform, managedBy);
    const tokens = await oauth.refresh(authOfTokens, place, connector.displayName, refreshToken);
    const { tokenUrl } = credentials;
    return defined({
      ...credentialsFrom(tokens, connector, place, apiOrigin),
      remembered: credentials.remembered,
      tokenUrl,
      managedBy,
    });
  }

  function refreshOnce(userId: string, connector: Connector, auth: OAuth2Auth, place: CrmPlace, refused?: string) {
    const running =
      refreshing.get(userId) ??
      refresh(userId, connector, auth, place, refused).finally(() => {
        refreshing.delete(userId);
      });
    refreshing.set(userId, running);
    return running;
  }

  return {
    use(user, connector, place) {
      const { auth } = connector;
      let present = users.credentialsOf(user);
      async function fresh(): Promise<Credentials> {
        if (present === undefined) throw notConnected();
        if (present.type === "oauth" && auth.type === "oauth" && runsOutSoon(present)) {
          present = await refreshOnce(user.id, connector, auth, place);
        }
        return present;
      }
      return {
        present: fresh,
        authorization: async () => headerOf(await fresh()),
        async renew(refused) {
          if (auth.type !== "oauth") return undefined;
          present = await refreshOnce(user.id, connector, auth, place, refused);
          const header = headerOf(present);
          return header === refused ? undefined : header;
        },
      };
    },

    async keep(user, { auth }, { settings, ...change }) {
      if (settings !== undefined) await users.changeSettings(user.id, (own) => ({ ...own, ...settings }));
      if (Object.keys(change).length === 0) return;
      await users.holding(user.id, async ({ user: present, saveCredentials }) => {
        const credentials = present && users.credentialsOf(present);
        if (present === undefined || credentials === undefined) return;
        await saveCredentials(present, changed(credentials, auth, change));
      });
    },
  };
}

interface Renewal {
  auth: OAuth2Auth;
  connector: Connector;
  credentials: OAuthCredentials;
  place: CrmPlace;
  user: StoredUser;
}

function changed(credentials: Credentials, auth: Connector["auth"], change: AccessChange): Credentials {
  const { remembered, apiKey, accessToken, expiresAt, refreshToken } = change;
  if (credentials.type === "oauth") {
    return { ...credentials, ...defined({ remembered, accessToken, expiresAt, refreshToken }) };
  }
  if (apiKey === undefined || auth.type !== "apiKey") return { ...credentials, ...defined({ remembered }) };
  const authorization = `Basic ${auth.getBasicAuth({ apiKey, additionalInfo: {} })}`;
  return { ...credentials, ...defined({ remembered }), authorization, apiKey };
}

/** What is stored of a token answer. The API's origin it names is checked like any other address. */
export function credentialsFrom(
  tokens: OAuthTokens,
  connector: Connector,
  place: CrmPlace,
  knownOrigin?: string,
): OAuthCredentials {
  const apiOrigin =
    tokens.apiOrigin === undefined
      ? knownOrigin
      : checkedOrigin(connector, place.environment, "the API's address", tokens.apiOrigin);
  return {
    type: "oauth",
    accessToken: tokens.accessToken,
    ...(tokens.refreshToken === undefined ? {} : { refreshToken: tokens.refreshToken }),
    ...(tokens.expiresAt === undefined ? {} : { expiresAt: tokens.expiresAt }),
    ...(apiOrigin === undefined ? {} : { apiOrigin }),
  };
}

export function headerOf(credentials: Credentials): string {
  return credentials.type === "apiKey" ? credentials.authorization : `Bearer ${credentials.accessToken}`;
}

function runsOutSoon(credentials: OAuthCredentials): boolean {
  return credentials.expiresAt !== undefined && credentials.expiresAt - EARLY_MS < Date.now();
}

export function notConnected(): TrunklineError {
  return new TrunklineError("not-connected", "Please go to Settings and authorize CRM platform");
}

function sessionEnded(connector: Connector): TrunklineError {
  return new TrunklineError(
    "crm-session-ended",
    `${connector.displayName} no longer accepts this login. Please connect again.`,
  );
}
