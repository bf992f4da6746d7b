/** A Clio Manage on loopback: every region's API and OAuth server in one place, with state, limits, pages and faults on demand. */

import { createFakeServer, type FakeServer } from "../support/fake-server.ts";
import { activityRoutes } from "./activity-routes.ts";
import { calendarRoutes } from "./calendar-routes.ts";
import { communicationRoutes } from "./communication-routes.ts";
import { contactRoutes } from "./contact-routes.ts";
import { createStorage, documentRoutes } from "./document-routes.ts";
import { InvalidFields } from "./fields.ts";
import { createGrants, type Grants } from "./grants.ts";
import { CLIENTS, oauthRoutes } from "./oauth-routes.ts";
import { rateHeaders, refusal } from "./refusals.ts";
import { type ClioState, createClioState } from "./state.ts";
import { userRoutes } from "./user-routes.ts";
import { CLIO_DOCUMENT } from "./vendor-document.ts";

const MINUTE_MS = 60_000;

export interface FakeClioOptions {
  /** 0 takes any free one. */
  port?: number;
  /** Pages hold no more than this, whatever is asked for. */
  largestPage?: number;
  /** Every answer waits this long, so that rounds can be counted. */
  answersAfterMs?: number;
  /** Clio's fifty for each token in a minute unless said otherwise. */
  requestsPerMinute?: number;
}

export interface FakeClio extends Pick<FakeServer, "requests" | "violations" | "faults"> {
  url: string;
  state: ClioState;
  grants: Grants;
  /** What takes the bytes of documents, at an address of its own. */
  storage: Pick<FakeServer, "requests" | "violations" | "faults">;
  /** Switches the search index's lag on or off; what was created meanwhile is found once it is off. */
  slowSearch(on: boolean): void;
  /** The environment that moves the connector here; the regions CA and AU have no app. */
  environment: { [name: string]: string };
  close(): Promise<void>;
}

export async function startFakeClio(options: FakeClioOptions = {}): Promise<FakeClio> {
  const state = createClioState();
  const grants = createGrants();
  const server = await createFakeServer({
    documents: [CLIO_DOCUMENT],
    answersAfterMs: options.answersAfterMs,
    refusal,
  });
  const storage = await createStorage(state);
  const storageUrl = await storage.listen(0);
  const limit = options.requestsPerMinute ?? 50;
  const windows = new Map<string, { resetAt: number; used: number }>();
  let lagging = false;
  let url = "";

  oauthRoutes(server.app, { grants });
  await server.app.register(async (api) => {
    api.addHook("preHandler", async (request, reply) => {
      const token = tokenIn(request.headers.authorization);
      if (grants.userOf(token) === undefined)
        return reply.code(401).send(refusal(401, "The access token is not valid"));
      const present = windows.get(token);
      const spent =
        present !== undefined && present.resetAt > Date.now() ? present : { resetAt: Date.now() + MINUTE_MS, used: 0 };
      spent.used += 1;
      windows.set(token, spent);
      const left = limit - spent.used;
      void reply.headers(rateHeaders(limit, left, spent.resetAt));
      if (left < 0) return reply.code(429).send(refusal(429, "Rate limit exceeded."));
    });
    api.setErrorHandler((error) => {
      // Clio answers 400 to a field that there is not; to the outer handler that is a violation like any other.
      throw error instanceof InvalidFields ? Object.assign(error, { statusCode: 400 }) : error;
    });
    const routes = {
      state,
      largestPage: options.largestPage ?? 200,
      origin: () => url,
      searchIsSlow: () => lagging,
      userIdOf: (authorization: string | undefined) => grants.userOf(tokenIn(authorization)) ?? 0,
    };
    userRoutes(api, routes);
    contactRoutes(api, routes);
    communicationRoutes(api, routes);
    activityRoutes(api, routes);
    calendarRoutes(api, routes);
    documentRoutes(api, { state, storage: () => storageUrl });
  });

  url = await server.listen(options.port ?? 0);
  return {
    url,
    requests: server.requests,
    violations: server.violations,
    faults: server.faults,
    state,
    grants,
    storage,
    slowSearch(on) {
      lagging = on;
      if (!on) for (const contact of state.contacts) contact.indexed = true;
    },
    environment: {
      CLIO_CLIENT_ID: CLIENTS.us.id,
      CLIO_CLIENT_SECRET: CLIENTS.us.secret,
      CLIO_EU_CLIENT_ID: CLIENTS.eu.id,
      CLIO_EU_CLIENT_SECRET: CLIENTS.eu.secret,
      CLIO_API_URL: url,
      CLIO_OAUTH_URL: url,
    },
    async close() {
      await server.close();
      await storage.close();
    },
  };
}

function tokenIn(authorization: string | undefined): string {
  return (authorization ?? "").replace("Bearer ", "");
}
