/** What monitors and balancers ask: is the process alive, may requests be sent here, and the figures for Prometheus. */

import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

/** When a balancer may ask again, in seconds. */
const ASK_AGAIN_S = 5;

const Sentence = Type.String();

export function healthRoutes(app: App, { metrics, metricsToken, readiness }: Services): void {
  app.get(
    "/healthz",
    {
      schema: {
        summary: "Whether the process is alive; does not ask the database",
        tags: ["operation"],
        response: { 200: Sentence },
      },
    },
    async (_request, reply) => {
      asText(reply);
      return "OK";
    },
  );

  app.get(
    "/readyz",
    {
      schema: {
        summary: "Whether requests may be sent here: the database answers, and the server is not stopping",
        tags: ["operation"],
        response: { 200: Sentence, 503: Sentence },
      },
    },
    async (_request, reply) => {
      asText(reply);
      const why = await readiness.check();
      if (why !== undefined) void reply.code(503).header("retry-after", ASK_AGAIN_S);
      return why ?? "Ready";
    },
  );

  app.get(
    "/metrics",
    {
      schema: {
        summary: "Figures for Prometheus",
        description: "Open, or with TRUNKLINE_METRICS_TOKEN as a Bearer token where that is set.",
        tags: ["operation"],
        response: { 200: Sentence, 401: Sentence },
      },
    },
    async (request, reply) => {
      if (metricsToken === undefined || bears(request, metricsToken)) {
        asText(reply, metrics.contentType);
        return metrics.read();
      }
      asText(reply);
      void reply.code(401).header("www-authenticate", "Bearer");
      return "The metrics are asked for with TRUNKLINE_METRICS_TOKEN as a Bearer token.";
    },
  );
}

function asText(reply: FastifyReply, type = "text/plain; charset=utf-8"): void {
  void reply.type(type).header("cache-control", "no-store");
}

/** Takes as long for a token that is nearly right as for any other. */
function bears(request: FastifyRequest, token: string): boolean {
  const given = /^bearer +(.+)$/i.exec(request.headers.authorization ?? "")?.[1]?.trim() ?? "";
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(token));
}
