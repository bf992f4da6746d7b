/** Connecting to a CRM and disconnecting from it. */

import type { Connector, CrmPlace, UserInfo } from "../sdk/connector.ts";
import type { CrmHttp } from "../sdk/crm-http.ts";
import { defined } from "../sdk/defined.ts";
import { asTrunklineError, badInput, TrunklineError } from "../sdk/errors.ts";
import type { OAuth2Auth } from "../sdk/auth.ts";
import { authAt, type OAuthClient } from "../sdk/oauth.ts";
import type { LoginDetails } from "../sdk/own-requests.ts";
import type { LogEntryStore } from "../store/log-entries.ts";
import type { Credentials, LoginToSave, StoredUser, UserStore } from "../store/users.ts";
import type { ClientOfTokens } from "./admin/managed-client.ts";
import { type Connectors, siteOf } from "./connectors.ts";
import { credentialsFrom, headerOf } from "./credentials.ts";
import { checkedHostname, checkedOrigin } from "./crm-hosts.ts";
import type { CrmReacher } from "./crm-reach.ts";
import { redirectUriOf } from "./oauth-redirects.ts";

/** What both ways of logging in have in common; everything here comes from the client and is not trusted. */
interface LoginRequest {
  /** The one company in the CRM that the login may lead into. */
  onlyInto?: string | undefined;
  platform: string;
  hostname: string | undefined;
  apiUrl: string | undefined;
  rcAccountId: string | undefined;
}

export interface ApiKeyLogin extends LoginRequest {
  apiKey: string;
  additionalInfo: Readonly<Record<string, unknown>>;
}

export interface OAuthLogin extends LoginRequest {
  tokenUrl: string | undefined;
  username: string | undefined;
  /** The redirect address, and what the CRM appended to it. */
  cameBackTo: string | undefined;
  callback: URLSearchParams;
  /** The OAuth client of the person's own company, and the account that it belongs to: proved, unlike all else here. */
  managed?: { auth: OAuth2Auth; by: string };
}

export interface Connection {
  user: StoredUser;
  crmName: string;
}

export interface Users {
  connectWithApiKey(login: ApiKeyLogin): Promise<Connection>;
  connectWithOAuth(login: OAuthLogin): Promise<Connection>;
  /** Revokes at the CRM as far as it lets us, wipes the credentials and ends every session, in any case. */
  disconnect(user: StoredUser): Promise<{ crmName: string; revoked: boolean }>;
  /** The CRM says that its user has uninstalled the app: what we hold of that user goes. False where there is none. */
  remove(identity: { platform: string; tenant: string; crmUserId: string }): Promise<boolean>;
}

export interface UsersDependencies {
  connectors: Connectors;
  crmHttp: CrmHttp;
  oauth: OAuthClient;
  reacher: CrmReacher;
  clientOfTokens: ClientOfTokens;
  store: UserStore;
  entries: LogEntryStore;
  /** Whether this server has one, whose own page people may come back to. */
  playground: boolean;
}

export function createUsers(dependencies: UsersDependencies): Users {
  const { clientOfTokens, connectors, crmHttp, oauth, reacher, store, entries, playground } = dependencies;

  function placeOf(connector: Connector, login: LoginRequest): CrmPlace {
    const { environment } = connectors.site;
    if (login.apiUrl) checkedOrigin(connector, environment, "apiUrl", login.apiUrl);
    return {
      ...siteOf(connectors),
      hostname: checkedHostname(connector, environment, login.hostname),
      apiOrigin: undefined,
    };
  }

  /** Asks the CRM who this is: the identity comes from its answer alone. */
  async function save(
    connector: Connector,
    place: CrmPlace,
    login: LoginRequest,
    { credentials, ...brought }: Brought,
  ): Promise<Connection> {
    const crm = crmHttp.bind({
      platform: connector.platform,
      displayName: connector.displayName,
      origins: connectors.originsOf(connector, place),
      meaningOfFailure: connector.meaningOfFailure,
      authorization: () => Promise.resolve(headerOf(credentials)),
    });
    const details = {
      authorization: headerOf(credentials),
      ...defined({ apiUrl: login.apiUrl || undefined, ...brought }),
    };
    const info = await connector.getUserInfo({
      crm,
      hostname: place.hostname,
      ...(connector.ownRequests === true ? { login: details } : {}),
    });
    if (login.onlyInto !== undefined && info.tenant !== login.onlyInto) throw intoAnotherCompany(connector);
    const user = await store.save({
      platform: connector.platform,
      tenant: info.tenant,
      crmUserId: info.id,
      name: info.name,
      hostname: info.overridingHostname ?? place.hostname,
      timeZone: timeZoneOf(info),
      ...toKeep(connector, withOwnKey(connector, credentials, info), info.platformAdditionalInfo),
      rcAccountId: login.rcAccountId,
    });
    await entries.wake(user.id, ["crm-session-ended", "not-connected"]);
    return { user, crmName: connector.displayName };
  }

  return {
    async connectWithApiKey(login) {
      const connector = connectors.byPlatform(login.platform);
      if (connector.auth.type !== "apiKey") throw badInput("platform", "does not log in with an API key");
      const place = placeOf(connector, login);
      const { apiKey, additionalInfo } = login;
      const authorization = `Basic ${connector.auth.getBasicAuth(login)}`;
      const credentials = { type: "apiKey", authorization, apiKey } as const;
      return refusingLogin(connector, () => save(connector, place, login, { credentials, apiKey, additionalInfo }));
    },

    async connectWithOAuth(login) {
      const connector = connectors.byPlatform(login.platform);
      const auth = login.managed?.auth ?? connector.auth;
      if (auth.type !== "oauth") throw badInput("platform", "does not log in with OAuth");
      const tokenUrl = login.tokenUrl || undefined;
      if (tokenUrl !== undefined) checkedOrigin(connector, connectors.site.environment, "tokenUrl", tokenUrl);
      const place = { ...placeOf(connector, login), tokenUrl };
      return refusingLogin(connector, async () => {
        const { callback, cameBackTo, username } = login;
        const redirectUri = redirectUriOf(await authAt(auth, place), place, { cameBackTo, playground });
        const tokens = await oauth.exchangeCode(auth, place, connector.displayName, { redirectUri, callback });
        const credentials = {
          ...credentialsFrom(tokens, connector, place),
          ...defined({ tokenUrl, managedBy: login.managed?.by }),
        };
        const { accessToken, expiresAt, refreshToken, answer: tokenAnswer } = tokens;
        const brought = {
          accessToken,
          expiresAt,
          refreshToken,
          tokenAnswer,
          tokenUrl,
          username,
          callbackUri: cameBackTo,
        };
        return save(connector, { ...place, apiOrigin: credentials.apiOrigin }, login, { credentials, ...brought });
      });
    },

    async disconnect(user) {
      const connector = connectors.byPlatform(user.platform);
      const revoked = await revoke(user, connector).then(
        () => true,
        () => false,
      );
      await store.disconnect(user);
      return { crmName: connector.displayName, revoked };
    },

    remove: (identity) => store.remove(identity),
  };

  async function revoke(user: StoredUser, connector: Connector): Promise<void> {
    const credentials = store.credentialsOf(user);
    await connector.unAuthorize?.(reacher.of(user));
    if (connector.auth.type !== "oauth" || credentials?.type !== "oauth") return;
    const token = credentials.refreshToken ?? credentials.accessToken;
    const auth = await clientOfTokens.authFor(connector.auth, user.platform, credentials.managedBy);
    await oauth.revoke(auth, reacher.placeOf(user), connector.displayName, token);
  }
}

/** What a login brought, beside what every login has. */
type Brought = { credentials: Credentials } & Omit<LoginDetails, "authorization" | "apiUrl">;

/** A key that the CRM gave for the one that was typed takes its place. */
function withOwnKey(
  { auth }: Connector,
  credentials: Credentials,
  { overridingApiKey: apiKey }: UserInfo,
): Credentials {
  if (apiKey === undefined || auth.type !== "apiKey" || credentials.type !== "apiKey") return credentials;
  const authorization = `Basic ${auth.getBasicAuth({ apiKey, additionalInfo: {} })}`;
  return { type: "apiKey", authorization, apiKey };
}

/** A key stays in clear, and whatever the connector remembers sealed, only where the connector speaks HTTP by itself. */
export function toKeep(
  { ownRequests }: Connector,
  credentials: Credentials,
  platformAdditionalInfo: Record<string, unknown> = {},
): Pick<LoginToSave, "credentials" | "platformAdditionalInfo"> {
  if (ownRequests === true) {
    return { platformAdditionalInfo: {}, credentials: { ...credentials, remembered: platformAdditionalInfo } };
  }
  if (credentials.type === "oauth") return { platformAdditionalInfo, credentials };
  const { authorization, type } = credentials;
  return { platformAdditionalInfo, credentials: { type, authorization } };
}

function intoAnotherCompany({ displayName }: Connector): TrunklineError {
  return new TrunklineError(
    "crm-refused-login",
    `What your administrator filled in leads into another company in ${displayName} than their own. Please tell them.`,
  );
}

/** A CRM that does not know the credentials refuses the login; there is no session yet that could have ended. */
export async function refusingLogin<T>(connector: Connector, login: () => Promise<T>): Promise<T> {
  try {
    return await login();
  } catch (thrown) {
    const failure = asTrunklineError(thrown);
    if (failure.code !== "crm-session-ended" && failure.code !== "crm-forbids") throw failure;
    throw new TrunklineError("crm-refused-login", `${connector.displayName} did not accept these credentials.`, {
      cause: failure,
    });
  }
}

/** The IANA zone where the CRM names a real one: an offset alone is wrong for half of the year. */
export function timeZoneOf(info: Pick<UserInfo, "timezoneName" | "timezoneOffset">): string {
  for (const zone of [info.timezoneName, info.timezoneOffset]) {
    if (zone === undefined || zone === "") continue;
    try {
      return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      continue;
    }
  }
  return "UTC";
}
