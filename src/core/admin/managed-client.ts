/** A connector's OAuth with a company's own client in place of the server's. */

import type { OAuth2Auth } from "../../sdk/auth.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import type { ManagedClient, ManagedOAuthStore } from "../../store/managed-oauth.ts";

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
