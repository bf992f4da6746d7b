/** Whether the hosts of each CRM can be reached from here. */

import type { Config } from "../../config.ts";
import { createConnectors, type Connectors, siteOf } from "../../core/connectors.ts";
import type { Store } from "../../open-store.ts";
import type { Connector, CrmPlace } from "../../sdk/connector.ts";
import type { StoredUser } from "../../store/users.ts";
import { createProgressBar } from "../connector/progress-bar.ts";
import { withDemoCrm } from "../demo-crm-address.ts";
import type { ClockReading } from "./clock.ts";
import { type Finding, type Findings, findingsOf } from "./finding.ts";
import { reach, type Reached } from "./reach.ts";

/** Of so many users the company's own host is looked at. */
const USERS_LOOKED_AT = 200;

interface Target {
  displayName: string;
  origin: string;
}

/** Answers what time the hosts say it is. `store` is undefined where it cannot be opened. */
export async function checkCrmHosts(
  config: Config,
  known: readonly Connector[],
  store: Store | undefined,
  list: Finding[],
): Promise<ClockReading[]> {
  const findings = findingsOf("CRMs", list);
  const { connectorEnvironment: environment, demoCrm, publicUrl = "" } = withDemoCrm(config);
  const connectors = createConnectors(known, { environment, serverUrl: publicUrl });
  const targets = distinct([
    ...connectors.offered.flatMap((connector) => targetsOf(connectors, connector)),
    ...(store === undefined ? [] : await targetsOfUsers(connectors, store)),
  ]);
  const bar = createProgressBar(process.stderr, "hosts");
  let done = 0;
  const reached = await Promise.all(
    targets.map(async (target) => {
      const answer = await reach(target.origin);
      bar.show((done += 1), targets.length);
      return { target, answer };
    }),
  );
  bar.clear();
  const beside = demoCrm === undefined ? undefined : `http://127.0.0.1:${demoCrm.port}`;
  for (const { answer, target } of reached) tell(target, answer, { isBeside: target.origin === beside }, findings);
  const missing = distinctNames(known.filter((connector) => !connectors.offered.includes(connector)));
  for (const name of missing) findings.skip({ about: name, found: "is not configured, so it is not offered" });
  return reached.flatMap(({ answer }) => (answer.ok && answer.clock !== undefined ? [answer.clock] : []));
}

/** The CRM's one home, or each of them that this server has an app for. */
function targetsOf(connectors: Connectors, connector: Connector): Target[] {
  const site = siteOf(connectors);
  const homes = [undefined, ...connector.hosts.filter((host) => !host.includes("*"))];
  return homes.flatMap((hostname) => {
    const place: CrmPlace = { ...site, hostname, apiOrigin: undefined };
    const { auth } = connector;
    if (auth.type === "oauth" && auth.client(place) === undefined) return [];
    return originsOf(connectors, connector, place);
  });
}

/** Companies may have hosts of their own. */
async function targetsOfUsers(connectors: Connectors, { userLists, users }: Store): Promise<Target[]> {
  const site = siteOf(connectors);
  const targets: Target[] = [];
  for (const { connected, id, platform } of await userLists.page(undefined, USERS_LOOKED_AT)) {
    const connector = connectors.offered.find((offered) => offered.platform === platform);
    const user = connected && connector !== undefined ? await users.get(id) : undefined;
    if (connector === undefined || user === undefined) continue;
    const place = { ...site, hostname: user.hostname, ...namedBy({ users }, user) };
    targets.push(...originsOf(connectors, connector, place));
  }
  return targets;
}

/** What the CRM's token answer named. */
function namedBy({ users }: Pick<Store, "users">, user: StoredUser): Pick<CrmPlace, "apiOrigin" | "tokenUrl"> {
  try {
    const credentials = users.credentialsOf(user);
    if (credentials?.type === "oauth") return { apiOrigin: credentials.apiOrigin, tokenUrl: credentials.tokenUrl };
  } catch {
    // The keys were looked at before.
  }
  return { apiOrigin: undefined };
}

function originsOf(connectors: Connectors, connector: Connector, place: CrmPlace): Target[] {
  const { api, oauth } = connectors.originsOf(connector, place);
  return [api, ...(oauth === undefined ? [] : [oauth])].map((origin) => ({
    displayName: connector.displayName,
    origin: new URL(origin).origin,
  }));
}

function distinct(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((target) => [target.origin, target])).values()];
}

function distinctNames(connectors: readonly Connector[]): string[] {
  return [...new Set(connectors.map(({ displayName }) => displayName))];
}

function tell(
  { displayName, origin }: Target,
  answer: Reached,
  { isBeside }: { isBeside: boolean },
  findings: Findings,
) {
  if (answer.ok) {
    findings.ok({ about: displayName, found: `${origin} answers (${answer.status} in ${answer.milliseconds} ms)` });
  } else if (isBeside && answer.code === "ECONNREFUSED") {
    findings.skip({ about: displayName, found: "runs beside the server, which is not running on this machine" });
  } else {
    const remedy = "Let this machine reach it: what is owed to this CRM waits until then.";
    findings.problem({ about: displayName, found: `${origin}: ${answer.sentence}`, remedy });
  }
}
