/** Where a CRM may send people back to after they allowed access: the client's page, or the playground's own. */

import type { OAuth2Auth } from "../sdk/auth.ts";
import type { CrmPlace } from "../sdk/connector.ts";

export const PLAYGROUND_REDIRECT_PATH = "/playground/redirect";

/**
 * The address to name in the token request: it must be the one that the login began with (RFC 6749, section 4.1.3). What the
 * client says it came back to counts only where it is the playground of this very server: a code that some other page
 * received is not for us to redeem.
 */
export function redirectUriOf(
  auth: OAuth2Auth,
  place: CrmPlace,
  { cameBackTo, playground }: { cameBackTo: string | undefined; playground: boolean },
): string {
  const isPlaygrounds = playground && cameBackTo !== undefined && isOwnPage(cameBackTo, place.serverUrl);
  return isPlaygrounds ? cameBackTo : auth.redirectUri(place);
}

function isOwnPage(address: string, serverUrl: string): boolean {
  if (!URL.canParse(address) || !URL.canParse(serverUrl)) return false;
  const page = new URL(address);
  const server = new URL(serverUrl);
  const sameHost =
    page.hostname === server.hostname || (isThisMachine(page.hostname) && isThisMachine(server.hostname));
  const sameServer = page.protocol === server.protocol && page.port === server.port && sameHost;
  return sameServer && page.username === "" && address === `${page.origin}${PLAYGROUND_REDIRECT_PATH}`;
}

/** One server has several names on its own machine. */
function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
