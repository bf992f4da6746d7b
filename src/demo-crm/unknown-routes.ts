/** Paths that do not exist (404) and paths that do, with a method they do not take (405). */

import type { FastifyInstance } from "fastify";

/** Must be called before the routes are registered, since it takes note of each. */
export function answerUnknownRoutes(app: Pick<FastifyInstance, "addHook" | "setNotFoundHandler">): void {
  const routes: { methods: string[]; segments: string[] }[] = [];
  app.addHook("onRoute", ({ method, url }) => {
    routes.push({ methods: [method].flat(), segments: url.split("/") });
  });
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    const segments = path.split("/");
    const allowed = routes.filter((route) => fits(route.segments, segments)).flatMap(({ methods }) => methods);
    if (allowed.length === 0) return reply.code(404).send({ error: `There is nothing at ${path}.` });
    return reply
      .code(405)
      .header("allow", [...new Set(allowed)].join(", "))
      .send({ error: `${path} does not take ${request.method}.` });
  });
}

/** The path of a request, without its query. */
export function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}

function fits(pattern: string[], segments: string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => (part.startsWith(":") ? segments[index] !== "" : part === segments[index]))
  );
}
