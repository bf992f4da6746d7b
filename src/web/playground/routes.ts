/** The playground: a soft-phone in the browser that uses the contract's own routes, and what it needs besides them. */

import { PLAYGROUND_REDIRECT_PATH } from "../../core/oauth-redirects.ts";
import type { App } from "../../http/app.ts";
import type { Services } from "../../http/services.ts";
import type { OpenStream } from "../live.ts";
import { sendPage } from "../pages.ts";
import { conditionRoutes } from "./condition-routes.ts";
import { callersKnownTo, type DemoCrmBeside } from "./demo-crm-beside.ts";
import { eventRoutes } from "./events.ts";

export interface PlaygroundOptions {
  services: Services;
  isOn: boolean;
  demoCrm: DemoCrmBeside | undefined;
  live: OpenStream;
}

const HOW_TO_SWITCH_ON = "The playground is off here. Start Trunkline with PLAYGROUND=on to have it at /playground.";

export function playgroundRoutes(app: App, { services, isOn, demoCrm, live }: PlaygroundOptions): void {
  const hidden = { schema: { hide: true } };
  if (!isOn) {
    for (const path of ["/playground", "/playground/*"]) {
      app.get(path, hidden, (_request, reply) =>
        reply.code(404).type("text/plain; charset=utf-8").send(HOW_TO_SWITCH_ON),
      );
    }
    return;
  }

  // Its contact page is shown beside the telephone.
  const frames = demoCrm === undefined ? [] : [new URL(demoCrm.url).origin];
  app.get("/playground", hidden, (_request, reply) => sendPage(reply, "playground/index", frames));
  app.get(PLAYGROUND_REDIRECT_PATH, hidden, (_request, reply) => sendPage(reply, "playground/redirect"));
  app.get("/playground/stage", hidden, () => ({
    demoCrm: demoCrm === undefined ? null : { url: demoCrm.url, callers: callersKnownTo(demoCrm) },
  }));
  eventRoutes(app, services, live);
  if (demoCrm !== undefined) conditionRoutes(app, demoCrm);
}
