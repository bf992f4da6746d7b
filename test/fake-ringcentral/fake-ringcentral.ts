/** A RingCentral on loopback: its REST API, OAuth server and media host in one place, with state, limits, webhooks and faults. */

import { createFakeServer, type FakeServer } from "../fake-crms/support/fake-server.ts";
import { accountRoutes } from "./account-routes.ts";
import { callLogRoutes } from "./call-log-routes.ts";
import { type Clock, createClock } from "./clock.ts";
import { createGrants, type Grants } from "./grants.ts";
import { createRateLimiter, groupOf, type Limits, VENDORS_LIMITS } from "./limits.ts";
import { messageRoutes } from "./message-routes.ts";
import { APP, oauthRoutes } from "./oauth-routes.ts";
import { createPhone, type FakePhone } from "./phone.ts";
import { holderOf, type Platform } from "./places.ts";
import { type EventName, PLATFORM_DOCUMENT } from "./platform-document.ts";
import { Refused, refusal } from "./refusals.ts";
import { createState, type RingCentralState } from "./state.ts";
import { subscriptionRoutes } from "./subscription-routes.ts";
import { createSubscriptions, type FakeSubscriptions, type Happening } from "./subscriptions.ts";

export interface FakeRingCentralOptions {
  /** 0 takes any free one. */
  port?: number;
  /** Pages hold no more than this, whatever is asked for. */
  largestPage?: number;
  /** Requests a minute for each token; RingCentral's own unless said otherwise. */
  limits?: Partial<Limits>;
  /** How long a webhook has to answer; RingCentral's three seconds unless said otherwise. */
  webhookPatienceMs?: number;
}

export interface FakeRingCentral extends Pick<FakeServer, "requests" | "violations" | "faults" | "close"> {
  url: string;
  state: RingCentralState;
  grants: Grants;
  clock: Clock;
  subscriptions: FakeSubscriptions;
  phone: FakePhone;
  /** The environment that moves Trunkline here. */
  environment: { [name: string]: string };
}

/** What is wrong with its own answers and events by RingCentral's document is a violation as well. */
export async function startFakeRingCentral(options: FakeRingCentralOptions = {}): Promise<FakeRingCentral> {
  const clock = createClock();
  const state = createState(clock);
  const grants = createGrants(clock);
  const server = await createFakeServer({ documents: [PLATFORM_DOCUMENT], refusal });
  const { app, violations } = server;
  const limiter = createRateLimiter({ ...VENDORS_LIMITS, ...options.limits }, clock);
  let url = "";
  const platform: Platform = { state, grants, origin: () => url, largestPage: options.largestPage ?? 1_000 };
  const subscriptions = createSubscriptions({
    clock,
    patienceMs: options.webhookPatienceMs ?? 3_000,
    inspect: (happening, event) =>
      violations.push(...(PLATFORM_DOCUMENT?.problemsOfEvent(nameOf(happening), event) ?? [])),
  });

  app.addHook("preSerialization", async (request, reply, payload) => {
    const [path = ""] = request.url.split("?", 1);
    const problems = PLATFORM_DOCUMENT?.problemsOfAnswer({ method: request.method, path }, reply.statusCode, payload);
    violations.push(...(problems ?? []));
    return payload;
  });
  await app.register(async (oauth) => oauthRoutes(oauth, { grants, limiter }));
  await app.register(async (api) => {
    api.setErrorHandler((error, _request, reply) => {
      if (error instanceof Refused) return reply.code(error.status).send(error.body);
      throw error;
    });
    api.addHook("preHandler", async (request, reply) => {
      holderOf(request, grants);
      const [path = ""] = request.url.split("?", 1);
      if (!limiter.allows(request.headers.authorization ?? "", groupOf(request.method, path), reply)) return reply;
    });
    accountRoutes(api, platform);
    callLogRoutes(api, platform, clock);
    messageRoutes(api, platform, clock);
    subscriptionRoutes(api, platform, subscriptions, clock);
  });

  url = await server.listen(options.port ?? 0);
  return {
    url,
    state,
    grants,
    clock,
    subscriptions,
    phone: createPhone({ state, subscriptions, clock, origin: () => url }),
    requests: server.requests,
    violations,
    faults: server.faults,
    environment: { RINGCENTRAL_SERVER: url, RINGCENTRAL_CLIENT_ID: APP.id, RINGCENTRAL_CLIENT_SECRET: APP.secret },
    close: () => server.close(),
  };
}

function nameOf({ path }: Happening): EventName {
  if (path.endsWith("/instant")) return "incoming-text";
  if (path.endsWith("/message-store")) return "message-store";
  return path.includes("/extension/") ? "extension-telephony-sessions" : "account-telephony-sessions";
}
