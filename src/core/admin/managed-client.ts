/** A connector's OAuth with a company's own client in place of the server's. */

import type { OAuth2Auth } from "../../sdk/auth.ts";
import type { Connector, ConnectorEnvironment } from "../../sdk/connector.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import type { ManagedClient, ManagedOAuthStore } from "../../store/managed-oauth.ts";
import { checkedOrigin } from "../crm-hosts.ts";

export function withClient(auth: OAuth2Auth, client: ManagedClient): OAuth2Auth {
  const { accessTokenUri, authorizationUri, clientId, clientSecret, redirectUri } = client;
  return {
    ...auth,
    client: () => ({ id: clientId, secret: clientSecret }),
    endpoints(place) {
      const declared = auth.endpoints(place);
      return { ...declared, authorization: authorizationUri ?? declared.authorization, token: accessTokenUri };
    },
    redirectUri: (site) => redirectUri ?? auth.redirectUri(site),
  };
}

/** Whether people can log in with it here: all of its addresses belong to the CRM, which keeps to OAuth's standard. */
export function takesClient(
  connector: Connector,
  environment: ConnectorEnvironment,
  { accessTokenUri, authorizationUri }: ManagedClient,
): boolean {
  if (plainAuthOf(connector) === undefined) return false;
  try {
    for (const address of [accessTokenUri, authorizationUri ?? accessTokenUri]) {
      checkedOrigin(connector, environment, "accessTokenUri", address);
    }
    return true;
  } catch {
    return false;
  }
}

/** Undefined where the CRM departs from the standard: such connectors take their client from their own environment. */
export function plainAuthOf({ auth, ownRequests }: Connector): OAuth2Auth | undefined {
  const isPlain = auth.type === "oauth" && ownRequests !== true && auth.at === undefined;
  return isPlain && auth.refresh === undefined && auth.tokenRequest === undefined ? auth : undefined;
}

/** Whose client got somebody's tokens: only that one may renew or revoke them. */
export interface ClientOfTokens {
  authFor(auth: OAuth2Auth, platform: string, managedBy: string | undefined): Promise<OAuth2Auth>;
}

export function createClientOfTokens({ store }: { store: Pick<ManagedOAuthStore, "of"> }): ClientOfTokens {
  return {
    async authFor(auth, platform, managedBy) {
      if (managedBy === undefined) return auth;
      const kept = await store.of(managedBy, platform);
      if (kept !== undefined) return withClient(auth, kept.client);
      throw new TrunklineError(
        "crm-session-ended",
        "Your administrator has removed what you were connected with. Please connect again.",
      );
    },
  };
}
