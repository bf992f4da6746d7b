/** Counts what was asked of /api and /oauth, so that a test can say how many requests something cost. */

import type { App } from "../app.ts";

export interface RequestCounts {
  read(): { total: number; byRoute: Record<string, number> };
  reset(): void;
}

export function countRequests(app: App): RequestCounts {
  const byRoute = new Map<string, number>();
  app.addHook("onRequest", async ({ method, url, routeOptions }) => {
    if (!/^\/(?:api|oauth)\//.test(url)) return;
    const route = `${method} ${routeOptions.url?.replaceAll(/:(\w+)/g, "{$1}") ?? "(no such route)"}`;
    byRoute.set(route, (byRoute.get(route) ?? 0) + 1);
  });
  return {
    read: () => ({
      total: [...byRoute.values()].reduce((sum, count) => sum + count, 0),
      byRoute: Object.fromEntries(byRoute),
    }),
    reset: () => byRoute.clear(),
  };
}
