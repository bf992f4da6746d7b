/** Which hosts Trunkline may talk to for a connector. What a client names is compared with this list before a packet is sent. */

import type { Connector, ConnectorEnvironment } from "../sdk/connector.ts";
import { TrunklineError } from "../sdk/errors.ts";

/** The client sends this where the user's host is not known yet. */
const NOT_KNOWN_YET = "temp";

/**
 * The host as the client named it, checked; undefined where it named none or an alias of the CRM's one home.
 * Throws `host-not-allowed` for any other.
 */
export function checkedHostname(
  connector: Connector,
  environment: ConnectorEnvironment,
  named: string | undefined,
): string | undefined {
  const hostname = named?.trim().toLowerCase() ?? "";
  if (hostname === "" || hostname === NOT_KNOWN_YET || connector.hostAliases?.includes(hostname) === true)
    return undefined;
  if (isAllowed(connector, environment, hostname)) return hostname;
  throw refused(connector, "hostname");
}

/** Checks an address that came from a client or in a CRM's answer. */
export function checkedOrigin(
  connector: Connector,
  environment: ConnectorEnvironment,
  field: string,
  address: string,
): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.username !== "" || url.password !== "") throw refused(connector, field);
  const moved = movedOrigins(connector, environment).some((origin) => origin.origin === url.origin);
  const ordinary = url.protocol === "https:" && url.port === "" && matchesAny(connector.hosts, url.hostname);
  if (!moved && !ordinary) throw refused(connector, field);
  return url.origin;
}

function isAllowed(connector: Connector, environment: ConnectorEnvironment, hostname: string): boolean {
  const moved = movedOrigins(connector, environment).some(
    (origin) => origin.hostname === hostname || origin.host === hostname,
  );
  return moved || matchesAny(connector.hosts, hostname);
}

/** Sandboxes and tests: origins that the operator moved an endpoint to. */
function movedOrigins(connector: Connector, environment: ConnectorEnvironment): URL[] {
  return connector.variables
    .filter((variable) => variable.kind === "origin")
    .map((variable) => environment[variable.name])
    .filter((value) => value !== undefined)
    .map((value) => new URL(value));
}

/** `*.example.com` means a name below example.com, not example.com itself. */
function matchesAny(patterns: readonly string[], hostname: string): boolean {
  return patterns.some((pattern) =>
    pattern.startsWith("*.")
      ? hostname.endsWith(pattern.slice(1)) && /^[a-z0-9.-]+$/.test(hostname) && hostname.length > pattern.length - 1
      : hostname === pattern,
  );
}

function refused(connector: Connector, field: string): TrunklineError {
  return new TrunklineError("host-not-allowed", `${field} is not an address of ${connector.displayName}.`, { field });
}
