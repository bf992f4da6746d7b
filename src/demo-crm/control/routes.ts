/** /control: faults, search lag, token lifetimes and request counts on order; for this machine only, without a key. */

import { BlockList } from "node:net";
import { Type } from "typebox";

import type { App } from "../app.ts";
import type { Grants } from "../oauth/grants.ts";
import { Refusal } from "../refusals.ts";
import type { Settings } from "../settings.ts";
import { FaultList, type FaultPlan } from "./faults.ts";
import type { RequestCounts } from "./request-counts.ts";

const LONGEST_SECONDS = 10 * 365 * 86_400;

const SearchLagRoute = { body: Type.Object({ ms: Type.Integer({ minimum: 0, maximum: LONGEST_SECONDS * 1000 }) }) };
const TokenLifetimeRoute = { body: Type.Object({ seconds: Type.Integer({ minimum: 0, maximum: LONGEST_SECONDS }) }) };
const FaultsRoute = { body: FaultList };

export interface Controlled {
  settings: Settings;
  grants: Grants;
  faults: FaultPlan;
  requests: RequestCounts;
}

export function controlRoutes(app: App, { settings, grants, faults, requests }: Controlled): void {
  const loopback = loopbackAddresses();
  app.addHook("onRequest", async ({ socket: { remoteAddress = "" } }) => {
    if (!loopback(remoteAddress)) throw new Refusal(403, "/control answers only to the machine that it runs on.");
  });

  app.get("/control/faults", async () => ({ faults: faults.remaining() }));
  app.put("/control/faults", { schema: FaultsRoute }, async ({ body }) => {
    faults.replace(body);
    return { faults: faults.remaining() };
  });

  app.put("/control/search-lag", { schema: SearchLagRoute }, async ({ body: { ms } }) => {
    settings.searchLagMs = ms;
    return { ms };
  });
  app.put("/control/token-lifetime", { schema: TokenLifetimeRoute }, async ({ body: { seconds } }) => {
    settings.accessTokenSeconds = seconds;
    return { seconds };
  });
  app.post("/control/expire-tokens", async () => ({ expired: grants.expireAccessTokens() }));

  app.get("/control/requests", async () => requests.read());
  app.delete("/control/requests", async () => {
    requests.reset();
    return requests.read();
  });
}

function loopbackAddresses(): (address: string) => boolean {
  const loopback = new BlockList();
  loopback.addSubnet("127.0.0.0", 8, "ipv4");
  loopback.addAddress("::1", "ipv6");
  // An IPv4 caller of an IPv6 socket appears as ::ffff:127.0.0.1, which a BlockList takes for the IPv4 address.
  return (address) => loopback.check(address, address.includes(":") ? "ipv6" : "ipv4");
}
