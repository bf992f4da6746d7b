/** `/docs` and `/openapi.json`: made when somebody first asks for them; until then nobody waits for them or pays their memory. */

import type { App } from "./app.ts";

const HIDDEN = { schema: { hide: true } };

/** The documents come from a second instance of the routes, which listens nowhere: `documented` makes it. */
export function documentationRoutes(app: App, documented: () => Promise<App>): void {
  let made: Promise<App> | undefined;

  function documents(): Promise<App> {
    made ??= documented().catch((thrown: unknown) => {
      made = undefined;
      throw thrown;
    });
    return made;
  }

  app.addHook("onClose", async () => {
    await (await made)?.close();
  });
  app.get("/", HIDDEN, (_request, reply) => reply.redirect("/docs"));
  for (const url of ["/openapi.json", "/docs", "/docs/*"]) {
    app.get(url, HIDDEN, async (request, reply) => {
      const { routing } = await documents();
      reply.hijack();
      routing(request.raw, reply.raw);
    });
  }
}

/** Describes the routes that are registered afterwards. */
export async function describeRoutes(app: App, version: string): Promise<void> {
  const { fastifySwagger } = await import("@fastify/swagger");
  const { fastifySwaggerUi } = await import("@fastify/swagger-ui");
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Trunkline",
        version,
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
  await app.register(fastifySwaggerUi, { routePrefix: "/docs" });
  app.get("/openapi.json", HIDDEN, () => app.swagger());
}
