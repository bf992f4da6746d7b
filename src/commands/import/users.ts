/** Takes over the users of an App Connect server: who they are in which CRM, with credentials and settings. */

import { offsetText } from "../../app-connect/time-zone.ts";
import { namedAccount } from "../../core/admin/account-hash.ts";
import { checkedHostname } from "../../core/crm-hosts.ts";
import { timeZoneOf, toKeep } from "../../core/users.ts";
import type { Connector, ConnectorEnvironment } from "../../sdk/connector.ts";
import { defined } from "../../sdk/defined.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import type { ImportedUserRow, KnownUser } from "../../store/imports.ts";
import type { Credentials } from "../../store/users.ts";
import type { PeerRow } from "./app-connect-database.ts";
import type { ImportSource } from "./source.ts";
import { jsonIn, momentIn, textIn } from "./row-values.ts";

/** A user whose logs can be taken over. */
export interface TakenUser {
  /** App Connect's own key. */
  name: string;
  /** Undefined in a dry run, for one who is not here yet. */
  id: string | undefined;
  platform: string;
  tenant: string;
  hostname: string | undefined;
  rcAccount: string | undefined;
}

/** By App Connect's own key. */
export type TakenUsers = Map<string, TakenUser>;

export async function importUsers(source: ImportSource): Promise<TakenUsers> {
  const { apply, imports, peer, progress, report } = source;
  const tally = report.tally("users");
  const taken: TakenUsers = new Map();
  for await (const rows of peer.pages("users")) {
    for (const row of rows) {
      progress();
      tally.found();
      const name = textIn(row["id"]) ?? "(without an id)";
      const user = userFrom(row, source);
      if (typeof user === "string") {
        tally.notTaken(user, name);
        continue;
      }
      const known = sameUser(user, await imports.usersOf(user.platform, user.crmUserId));
      const { hostname, platform, rcAccount } = user;
      if (known !== undefined) {
        tally.alreadyHere();
        taken.set(name, { name, id: known.id, platform, rcAccount, tenant: known.tenant, hostname: known.hostname });
      } else {
        tally.taken();
        const id = apply ? await imports.addUser(user) : undefined;
        taken.set(name, { name, id, platform, rcAccount, tenant: user.tenant, hostname });
      }
    }
  }
  return taken;
}

/** What is stored of them, or why nothing is. */
function userFrom(row: PeerRow, { config, connectors, imports }: ImportSource): ImportedUserRow | string {
  const [id, platform] = [textIn(row["id"]), textIn(row["platform"])];
  if (id === undefined || platform === undefined) return "The row says neither who nor in which CRM.";
  const connector = connectors.find((one) => one.platform === platform);
  if (connector === undefined) {
    return `There is no connector for ${platform} here: name it with --app-connect-connector or --connector.`;
  }
  const hostname = hostOf(connector, config.connectorEnvironment, textIn(row["hostname"]));
  if (hostname instanceof TrunklineError) {
    return `The host is none of ${connector.displayName}'s, and credentials would be sent there.`;
  }
  const info = jsonIn(row["platformAdditionalInfo"]);
  const credentials = credentialsFrom(row, connector, info);
  const [timezoneName, timezoneOffset] = [textIn(row["timezoneName"]), offsetText(row["timezoneOffset"])];
  const kept = credentials && toKeep(connector, credentials, info);
  return {
    platform,
    tenant: connector.importedTenant?.({ hostname, platformAdditionalInfo: info }) ?? imports.tenantWithout(hostname),
    crmUserId: crmUserIdIn(connector, id),
    hostname,
    timeZone: timeZoneOf(defined({ timezoneName, timezoneOffset })),
    platformAdditionalInfo: kept?.platformAdditionalInfo ?? (connector.ownRequests === true ? {} : info),
    settings: jsonIn(row["userSettings"]),
    credentials: kept?.credentials,
    rcAccount: namedAccount(textIn(row["rcAccountId"]), config.hashKey),
  };
}

/** Undefined where there is none to be compared. */
function hostOf(connector: Connector, environment: ConnectorEnvironment, named: string | undefined) {
  try {
    return checkedHostname(connector, environment, named);
  } catch (thrown) {
    if (thrown instanceof TrunklineError) return thrown;
    throw thrown;
  }
}

/** App Connect's key is "<id>-<platform>"; a connector that was written for it knows its users by the whole. */
function crmUserIdIn({ ownRequests, platform }: Connector, id: string): string {
  const end = `-${platform}`;
  return ownRequests !== true && id.endsWith(end) && id.length > end.length ? id.slice(0, -end.length) : id;
}

/** Undefined for somebody who had logged out. An API key stands where tokens do. */
function credentialsFrom(row: PeerRow, { auth }: Connector, info: Record<string, unknown>): Credentials | undefined {
  const accessToken = textIn(row["accessToken"]);
  if (accessToken === undefined) return undefined;
  if (auth.type === "apiKey") {
    const authorization = `Basic ${auth.getBasicAuth({ apiKey: accessToken, additionalInfo: info })}`;
    return { type: "apiKey", authorization, apiKey: accessToken };
  }
  const [refreshToken, expiresAt] = [textIn(row["refreshToken"]), momentIn(row["tokenExpiry"])];
  return { type: "oauth", accessToken, ...defined({ refreshToken, expiresAt, tokenUrl: textIn(info["tokenUrl"]) }) };
}

/** Whoever logged in here before, or came with an earlier import; their tenant may be known better by now. */
function sameUser({ hostname, tenant }: ImportedUserRow, known: readonly KnownUser[]): KnownUser | undefined {
  const exact = known.find((user) => user.tenant === tenant);
  if (exact !== undefined || !tenant.startsWith("imported:")) return exact;
  const [only, ...others] = known.filter((user) => user.hostname === hostname);
  return others.length === 0 ? only : undefined;
}
