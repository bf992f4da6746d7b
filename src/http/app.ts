/** The wire contract as a Fastify instance: plug-ins, CORS, errors and documentation around the routes. */

import cors from "@fastify/cors";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { type TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type RawServerDefault,
} from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import { badInput } from "../sdk/errors.ts";
import { createAuthentication, REFRESHED_TOKEN_HEADER } from "./authenticate.ts";
import { errorAnswerer } from "./errors.ts";
import { aboutRoutes } from "./routes/about.ts";
import { callLogRoutes } from "./routes/call-logs.ts";
import { contactRoutes } from "./routes/contacts.ts";
import { loginRoutes } from "./routes/login.ts";
import { marketplaceRoutes } from "./routes/marketplace.ts";
import { messageLogRoutes } from "./routes/message-logs.ts";
import { sessionRoutes } from "./routes/session.ts";
import { preloadRoute, settingsRoutes } from "./routes/settings.ts";
import type { Services } from "./services.ts";

/** A Fastify instance whose route types come from the schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What a route may send at most, unless it says more. */
const ORDINARY_BODY_BYTES = 100 * 1024;
/** A URL carries a token and every visible session's id. */
const HEADER_BYTES = 128 * 1024;

export interface AppOptions {
  services: Services;
  logger: FastifyBaseLogger;
}

export async function createApp({ services, logger }: AppOptions): Promise<App> {
  const app: App = Fastify({
    loggerInstance: logger,
    // Its own line would hold the URL, and with it the token.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: ORDINARY_BODY_BYTES,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    http: { maxHeaderSize: HEADER_BYTES },
    routerOptions: { ignoreTrailingSlash: true },
    // Nothing is coerced or removed: a wrong type is the sender's mistake, and unknown members are ignored where they are read.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setErrorHandler(errorAnswerer(services.isDatabaseAway));
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type("text/plain; charset=utf-8")
      .send(`There is no ${request.method} ${pathOf(request)} here. See /docs.`),
  );
  acceptEmptyJson(app);
  app.addHook("onRequest", refuseRepeatedKeys);
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    request.log.debug(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      "answered",
    );
  });

  await app.register(cors, {
    origin: true,
    methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    allowedHeaders: [
      "authorization",
      "content-type",
      "developer-author-name",
      "is-debug",
      "rc-account-id",
      "rc-extension-id",
      "x-rc-access-token",
    ],
    exposedHeaders: [REFRESHED_TOKEN_HEADER],
    maxAge: 600,
  });
  await documentRoutes(app, services);

  const authentication = createAuthentication(services);
  await app.register(async (open) => {
    aboutRoutes(open, services);
    loginRoutes(open, services);
    marketplaceRoutes(open, services);
    sessionRoutes(open, services, authentication);
    preloadRoute(open);
  });
  await app.register(async (closed: App) => {
    closed.addHook("onRequest", authentication.requireUser);
    closed.addHook("onRoute", (route) => {
      route.schema = { ...route.schema, security: [{ bearer: [] }, { query: [] }] };
    });
    contactRoutes(closed, services, authentication);
    callLogRoutes(closed, services, authentication);
    messageLogRoutes(closed, services, authentication);
    settingsRoutes(closed, services, authentication);
  });
  return app;
}

async function documentRoutes(app: App, services: Services): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Trunkline",
        version: services.version,
        description: "The server contract of RingCentral App Connect: who is calling, and every call logged once.",
      },
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
          query: { type: "apiKey", in: "query", name: "jwtToken" },
        },
      },
    },
  });
  await app.register(swaggerUi, { routePrefix: "/docs" });
  app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
  app.get("/", { schema: { hide: true } }, (_request, reply) => reply.redirect("/docs"));
}

/** A POST without a body may still claim to be JSON: that is no body, not a broken one. */
function acceptEmptyJson(app: App): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.trim() === "") done(null, undefined);
    else void parse(request, body, done);
  });
}

async function refuseRepeatedKeys(request: FastifyRequest): Promise<void> {
  if (typeof request.query !== "object" || request.query === null) return;
  const repeated = Object.entries(request.query).find(([, value]) => Array.isArray(value));
  if (repeated !== undefined) throw badInput(repeated[0], "must be given once");
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1).join("");
}
