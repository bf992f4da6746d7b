/** The console at `/console`, for the person who runs the server: its page, its door, and what the page asks for. */

import cookie from "@fastify/cookie";
import type { Operating } from "../../core/operating.ts";
import type { App } from "../../http/app.ts";
import type { Services } from "../../http/services.ts";
import type { OpenStream } from "../live.ts";
import { sendPage } from "../pages.ts";
import { createAdminSessions } from "./admin-session.ts";
import { connectionRoutes } from "./connection-routes.ts";
import { createCrmNames } from "./crm-names.ts";
import { createDayOfLogs } from "./day-of-logs.ts";
import { dayRoutes } from "./day-routes.ts";
import { doorRoutes, onlyForAdmins, onlyFromOurPage, sentence } from "./door.ts";
import { entryRoutes } from "./entry-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { overviewRoutes } from "./overview-routes.ts";
import { searchRoutes } from "./search-routes.ts";

export interface ConsoleOptions {
  operating: Operating;
  services: Pick<Services, "connectors" | "hashKey" | "observations" | "site" | "version">;
  /** Undefined: the console is off. */
  adminToken: string | undefined;
  live: OpenStream;
}

const OFF =
  "The console is off: this server has no admin token. Set TRUNKLINE_ADMIN_TOKEN to one of at least 16 characters and start it again.";

export async function consoleRoutes(app: App, options: ConsoleOptions): Promise<void> {
  const { adminToken } = options;
  if (adminToken === undefined) {
    for (const url of ["/console", "/console/*"]) {
      app.all(url, { schema: { hide: true } }, (_request, reply) => sentence(reply, 404, OFF));
    }
    return;
  }
  await app.register(async (scope: App) => openConsole(scope, { ...options, adminToken }));
}

async function openConsole(app: App, options: ConsoleOptions & { adminToken: string }): Promise<void> {
  const { adminToken, live, operating, services } = options;
  const { site, connectors, observations, version } = services;
  const sessions = createAdminSessions({ adminToken, hashKey: services.hashKey });
  const names = createCrmNames(connectors);
  await app.register(cookie);
  app.addHook("onRequest", async (_request, reply) => {
    void reply.header("cache-control", "no-store");
  });

  app.get("/console", { schema: { hide: true } }, (_request, reply) => sendPage(reply, "console/index"));
  await app.register(async (door: App) => doorRoutes(door, { sessions, site }));
  await app.register(async (inside: App) => {
    inside.addHook("onRequest", onlyFromOurPage(site));
    inside.addHook("onRequest", onlyForAdmins({ sessions }));
    inside.addHook("onRoute", (route) => {
      route.schema = { ...route.schema, hide: true };
    });
    overviewRoutes(inside, { operating, names, version });
    connectionRoutes(inside, { operating, names });
    entryRoutes(inside, { operating, names });
    dayRoutes(inside, { operating, names, dayOfLogs: createDayOfLogs(operating) });
    searchRoutes(inside, { operating, names });
    eventRoutes(inside, { operating, observations, sessions, live });
  });
}
