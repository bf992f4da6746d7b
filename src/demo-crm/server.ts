/** The Demo CRM: a small real CRM over HTTP with its own database, to try everything on without an account. */

import type { AddressInfo } from "node:net";

import { apiRoutes } from "./api/routes.ts";
import { createApp } from "./app.ts";
import { injectFaults } from "./control/fault-injection.ts";
import { createFaultPlan } from "./control/faults.ts";
import { countRequests } from "./control/request-counts.ts";
import { controlRoutes } from "./control/routes.ts";
import { grantStore } from "./oauth/grants.ts";
import { oauthRoutes } from "./oauth/routes.ts";
import { pageRoutes } from "./pages/routes.ts";
import type { Settings } from "./settings.ts";
import { openDatabase } from "./store/database.ts";
import { recordsIn } from "./store/records.ts";
import { userStore } from "./store/users.ts";

export interface DemoCrmOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Path of the SQLite file, whose folder is created, or ":memory:". */
  file: string;
  /** How long a created or changed contact is not found by number or name; 0 unless told. */
  searchLagMs?: number;
}

export interface DemoCrm {
  /** Without a slash at its end. */
  url: string;
  /** Ends at once, whatever is still open or waiting. */
  close(): Promise<void>;
}

export async function startDemoCrm({ host, port, file, searchLagMs = 0 }: DemoCrmOptions): Promise<DemoCrm> {
  const settings: Settings = { searchLagMs, accessTokenSeconds: 3600 };
  const closing = new AbortController();
  const database = openDatabase(file);
  const records = recordsIn(database);
  const users = userStore(database);
  const grants = grantStore(database, settings);
  const faults = createFaultPlan();

  const app = createApp();
  const requests = countRequests(app);
  injectFaults(app, { faults, closing: closing.signal });
  app.register(async (api) => apiRoutes(api, { records, users, grants, settings }));
  app.register(async (oauth) => oauthRoutes(oauth, { users, grants, settings }));
  app.register(async (control) => controlRoutes(control, { settings, grants, faults, requests }));
  app.register(async (pages) => pageRoutes(pages, { records, users, settings }));

  const close = async (): Promise<void> => {
    closing.abort();
    await app.close();
    if (database.isOpen) database.close();
  };

  try {
    await app.listen({ host, port });
  } catch (error) {
    await close();
    throw error;
  }
  return { url: reachable(app.server.address(), host), close };
}

/** An address that can be called: of a host that means every interface, the loopback one. */
function reachable(address: AddressInfo | string | null, host: string): string {
  if (address === null || typeof address === "string") throw new Error("The Demo CRM listens nowhere.");
  const name = { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[host] ?? (host.includes(":") ? `[${host}]` : host);
  return `http://${name}:${address.port}`;
}
