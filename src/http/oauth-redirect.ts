/** Rebuilds the redirect that a CRM sent to the client, which passes it on without encoding it. */

/** The client's own query parameters; everything else that stands beside them belongs to the redirect. */
const NOT_OF_THE_REDIRECT = new Set([
  "callbackUri",
  "hostname",
  "tokenUrl",
  "apiUrl",
  "username",
  "rcAccessToken",
  "rcAccountId",
  "rcExtensionId",
  "proxyId",
  "userEmail",
  "jwtToken",
]);

export interface Redirect {
  /** The platform that the state names: `platform=<name>`, possibly with more around it. */
  platform: string | undefined;
  /** The address that it was sent to. */
  address: string | undefined;
  /** What the CRM appended, whole again. */
  callback: URLSearchParams;
}

/**
 * `callbackUri` holds the redirect only up to its first `&`: its other parameters arrive as siblings, in whatever order
 * the CRM wrote them (contract.md, "GET /oauth-callback").
 */
export function redirectFrom(query: Readonly<Record<string, unknown>>): Redirect {
  const { callbackUri } = query;
  const callback = new URLSearchParams(typeof callbackUri === "string" ? queryOf(callbackUri) : "");
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === "string" && !NOT_OF_THE_REDIRECT.has(name) && !callback.has(name))
      callback.append(name, value);
  }
  const address = typeof callbackUri === "string" ? callbackUri.split(/[?#]/, 1)[0] : undefined;
  return { platform: platformIn(callback.get("state") ?? undefined), address, callback };
}

/** Also of `platform=<name>` at the end of other text: NetSuite's state is "<filler>,platform=netsuite". */
export function platformIn(state: string | undefined): string | undefined {
  return /(?:^|[,;&?\s])platform=([^,;&\s]+)/.exec(state ?? "")?.[1];
}

function queryOf(address: string): string {
  const mark = address.indexOf("?");
  if (mark === -1) return "";
  // A "+" in an unencoded code would be read as a space.
  return (address.slice(mark + 1).split("#")[0] ?? "").replaceAll("+", "%2B");
}
