/** A Pipedrive on loopback: one company's API and the OAuth server, with state, limits, pages and faults on demand. */

import type { FastifyRequest } from "fastify";
import { createFakeServer, type FakeServer } from "../support/fake-server.ts";
import type { Fault } from "../support/faults.ts";
import { accountRoutes } from "./account-routes.ts";
import { activityRoutes } from "./activity-routes.ts";
import { refusal } from "./answers.ts";
import { createGrants, type Grants } from "./grants.ts";
import { applyLimits, headersFor, type Limits, tooMany } from "./limits.ts";
import { CLIENT, oauthRoutes } from "./oauth-routes.ts";
import { personRoutes } from "./person-routes.ts";
import { createPipedriveState, type PipedriveState } from "./state.ts";
import { PIPEDRIVE_DOCUMENTS } from "./vendor-documents.ts";

export interface FakePipedriveOptions {
  /** 0 takes any free one. */
  port?: number;
  /** Refresh tokens are replaced with every use. Pipedrive itself keeps them and only renews their 60 days. */
  rotating?: boolean;
  /** Pages hold no more than this, whatever is asked for. */
  largestPage?: number;
  /** Every answer waits this long, so that rounds can be counted. */
  answersAfterMs?: number;
  /** Searches within two seconds; the vendor's ten unless said otherwise. */
  searches?: number;
  redirectUri?: string;
}

export interface FakePipedrive extends Pick<FakeServer, "requests" | "violations" | "faults" | "close"> {
  url: string;
  state: PipedriveState;
  grants: Grants;
  limits: Limits;
  /** Switches the search index's lag on or off; what was created meanwhile is found once it is off. */
  slowSearch(on: boolean): void;
  /** The environment that moves the connector here. */
  environment: { [name: string]: string };
}

export async function startFakePipedrive(options: FakePipedriveOptions = {}): Promise<FakePipedrive> {
  const state = createPipedriveState();
  const grants = createGrants({ rotating: options.rotating ?? false });
  const limits: Limits = { tokensLeft: 30_000, searches: options.searches ?? 10, spent: 0 };
  const server = await createFakeServer({
    documents: PIPEDRIVE_DOCUMENTS,
    answersAfterMs: options.answersAfterMs,
    refusal,
  });
  const { app } = server;
  const largestPage = options.largestPage ?? 500;
  let lagging = false;
  let url = "";

  oauthRoutes(app, { grants, redirectUri: options.redirectUri, apiDomain: () => url });
  await app.register(async (api) => {
    api.addHook("preHandler", async (request, reply) => {
      if (userOf(request) !== undefined) return;
      await reply.code(401).send({ success: false, error: "Invalid token: access token is invalid", errorCode: 401 });
    });
    applyLimits(api, limits);
    accountRoutes(api, { state, userOf });
    personRoutes(api, { state, largestPage, searchIsSlow: () => lagging });
    activityRoutes(api, { state, largestPage });
  });

  function userOf(request: FastifyRequest): number | undefined {
    const [scheme, token = ""] = (request.headers.authorization ?? "").split(" ");
    return scheme === "Bearer" ? grants.userOf(token) : undefined;
  }

  url = await server.listen(options.port ?? 0);
  const { requests, violations, faults, close } = server;
  return {
    url,
    requests,
    violations,
    faults,
    close,
    state,
    grants,
    limits,
    slowSearch(on) {
      lagging = on;
      if (!on) for (const person of state.persons) person.indexed = true;
    },
    environment: {
      PIPEDRIVE_CLIENT_ID: CLIENT.id,
      PIPEDRIVE_CLIENT_SECRET: CLIENT.secret,
      PIPEDRIVE_API_URL: url,
      PIPEDRIVE_OAUTH_URL: url,
    },
  };
}

/** A refusal in Pipedrive's dialect: seconds that are left, no Retry-After. */
export function rateLimited(match: string, resetSeconds: number, times = 1): Fault {
  return { match, times, kind: "answer", status: 429, headers: headersFor(0, resetSeconds), body: tooMany() };
}

/** What its firewall answers after too many of them. */
export function blocked(match: string, times = 1): Fault {
  const headers = { "content-type": "text/html" };
  return {
    match,
    times,
    kind: "answer",
    status: 403,
    headers,
    body: "<html><h1>Sorry, you have been blocked</h1></html>",
  };
}

export function outOfOrder(match: string, status = 502, times = 1): Fault {
  return { match, times, kind: "answer", status, body: refusal(status, "Something went wrong.") };
}
