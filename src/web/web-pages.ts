/** The pages that Trunkline serves beside the contract: each has its own folder here and its own door. */

import type { Operating } from "../core/operating.ts";
import type { App } from "../http/app.ts";
import type { Services } from "../http/services.ts";
import { consoleRoutes } from "./console/routes.ts";
import { liveStreams } from "./live.ts";
import { webFiles } from "./pages.ts";
import type { DemoCrmBeside } from "./playground/demo-crm-beside.ts";
import { playgroundRoutes } from "./playground/routes.ts";

export interface WebPagesOptions {
  services: Services;
  operating: Operating;
  /** Opens the console; undefined: it is off. */
  adminToken: string | undefined;
  playground: boolean;
  /** Undefined: no Demo CRM runs beside the server. */
  demoCrm: DemoCrmBeside | undefined;
}

export function webPages(options: WebPagesOptions): (app: App) => Promise<void> {
  return async (app) => {
    const live = liveStreams(app);
    await app.register(webFiles);
    playgroundRoutes(app, { ...options, live, isOn: options.playground });
    await consoleRoutes(app, { ...options, live });
  };
}
