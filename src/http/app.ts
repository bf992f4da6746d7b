/** The wire contract as a Fastify instance: plug-ins, CORS, errors and documentation around the routes. */

import cors from "@fastify/cors";
import { type TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import { badInput } from "../sdk/errors.ts";
import { createAuthentication, REFRESHED_TOKEN_HEADER } from "./authenticate.ts";
import { describeRoutes, documentationRoutes } from "./documentation.ts";
import { errorAnswerer } from "./errors.ts";
import { aboutRoutes } from "./routes/about.ts";
import { accountListRoutes } from "./routes/account-lists.ts";
import { adminManagedAuthRoutes, managedAuthOptionsRoute } from "./routes/admin-managed-auth.ts";
import { adminServerLoggingRoutes } from "./routes/admin-server-logging.ts";
import { adminSettingsRoutes } from "./routes/admin-settings.ts";
import { adminUserMappingRoutes } from "./routes/admin-user-mapping.ts";
import { appointmentRoutes } from "./routes/appointments.ts";
import { callDownRoutes } from "./routes/call-down.ts";
import { callLogRoutes } from "./routes/call-logs.ts";
import { contactRoutes } from "./routes/contacts.ts";
import { debugReportRoutes, debugReportUrlRoute } from "./routes/debug-report.ts";
import { healthRoutes } from "./routes/health.ts";
import { loginRoutes } from "./routes/login.ts";
import { managedAuthStateRoute } from "./routes/managed-auth-state.ts";
import { managedOAuthRoutes } from "./routes/managed-oauth.ts";
import { marketplaceRoutes } from "./routes/marketplace.ts";
import { messageLogRoutes } from "./routes/message-logs.ts";
import { serverLoggingEventRoutes } from "./routes/server-logging-events.ts";
import { serverLoggingLoginRoute, serverLoggingRoutes } from "./routes/server-logging.ts";
import { licenceRoute, sessionRoutes } from "./routes/session.ts";
import { pluginCallbackRoute } from "./routes/plugin-callback.ts";
import { pluginRoutes } from "./routes/plugins.ts";
import { reportRoutes } from "./routes/reports.ts";
import { preloadRoute, settingsRoutes } from "./routes/settings.ts";
import { createSchemaCompilers, type SchemaCompilers } from "./schema-compilers.ts";
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
  /** Pages beside the contract, each of which sees to its own door. */
  pages?: (app: App) => Promise<void>;
  logger: FastifyBaseLogger;
  /** Those of other servers in this process; its own unless given. */
  compilers?: SchemaCompilers | undefined;
}

export async function createApp(options: AppOptions): Promise<App> {
  const { services, pages, compilers = await createSchemaCompilers() } = options;
  const app = await appWithoutRoutes({ ...options, compilers });
  const isTold = ["debug", "trace"].includes(options.logger.level);
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "unknown";
    const { method } = request;
    const { statusCode: status, elapsedTime: milliseconds } = reply;
    services.observations.report({ what: "request answered", at: Date.now(), method, route, status, milliseconds });
    if (isTold) request.log.debug({ method, route, status, ms: Math.round(milliseconds) }, "answered");
    done();
  });
  documentationRoutes(app, async () => {
    const documented = await appWithoutRoutes({ ...options, compilers });
    await describeRoutes(documented, services.version);
    await contractRoutes(documented, services);
    await documented.ready();
    return documented;
  });
  await contractRoutes(app, services);
  if (pages !== undefined) await app.register(pages);
  return app;
}

async function appWithoutRoutes({
  services,
  logger,
  compilers,
}: AppOptions & { compilers: SchemaCompilers }): Promise<App> {
  const app: App = Fastify({
    loggerInstance: logger,
    // A logger for each request costs more than all that is said in it.
    childLoggerFactory: (shared) => shared,
    // Its own line would hold the URL, and with it the token.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: ORDINARY_BODY_BYTES,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    // A request without a body needs no stream for it.
    http: { maxHeaderSize: HEADER_BYTES, optimizeEmptyRequests: true },
    routerOptions: { ignoreTrailingSlash: true },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(compilers.validator).setSerializerCompiler(compilers.serializer);
  app.setErrorHandler(errorAnswerer(services.isDatabaseAway));
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type("text/plain; charset=utf-8")
      .send(`There is no ${request.method} ${pathOf(request)} here. See /docs.`),
  );
  acceptEmptyJson(app);
  app.addHook("onRequest", refuseRepeatedKeys);

  await app.register(cors, {
    // Nobody comes with cookies from elsewhere.
    origin: "*",
    methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    allowedHeaders: [
      "authorization",
      "content-type",
      "developer-author-name",
      "is-debug",
      "rc-account-id",
      "rc-extension-id",
      "x-access-token",
      "x-rc-access-token",
    ],
    exposedHeaders: [REFRESHED_TOKEN_HEADER],
    maxAge: 600,
  });
  return app;
}

async function contractRoutes(app: App, services: Services): Promise<void> {
  const authentication = createAuthentication(services);
  app.decorateRequest("connectedUser", null);
  await app.register(async (open) => {
    aboutRoutes(open, services);
    healthRoutes(open, services);
    loginRoutes(open, services);
    marketplaceRoutes(open, services);
    licenceRoute(open, services, authentication);
    preloadRoute(open, services);
    debugReportRoutes(open, services);
    managedAuthStateRoute(open, services);
    managedAuthOptionsRoute(open, services);
    managedOAuthRoutes(open, services);
    serverLoggingRoutes(open, services);
    serverLoggingEventRoutes(open, services);
  });
  await app.register(async (signed) => pluginCallbackRoute(signed, services));
  await app.register(async (closed: App) => {
    closed.addHook("onRequest", authentication.requireUser);
    closed.addHook("onRoute", (route) => {
      route.schema = { ...route.schema, security: [{ bearer: [] }, { query: [] }] };
    });
    sessionRoutes(closed, services, authentication);
    contactRoutes(closed, services, authentication);
    callLogRoutes(closed, services, authentication);
    messageLogRoutes(closed, services, authentication);
    debugReportUrlRoute(closed, services, authentication);
    appointmentRoutes(closed, services, authentication);
    accountListRoutes(closed, services, authentication);
    callDownRoutes(closed, services, authentication);
    settingsRoutes(closed, services, authentication);
    adminSettingsRoutes(closed, services, authentication);
    adminUserMappingRoutes(closed, services, authentication);
    adminManagedAuthRoutes(closed, services, authentication);
    adminServerLoggingRoutes(closed, services, authentication);
    serverLoggingLoginRoute(closed, services);
    pluginRoutes(closed, services, authentication);
    reportRoutes(closed, services, authentication);
  });
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

function refuseRepeatedKeys(
  { query }: FastifyRequest<{ Querystring: Record<string, unknown> }>,
  _reply: FastifyReply,
  done: (refusal?: Error) => void,
): void {
  for (const name in query) if (Array.isArray(query[name])) return done(badInput(name, "must be given once"));
  done();
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1).join("");
}
