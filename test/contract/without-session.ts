/** What anybody gets who comes without a session. */

import type { Exchange } from "./exchange.ts";

export const connect = /Please go to Settings and authorize CRM platform/;
/** Whoever comes without a session is told where to get one. */
export const noToken = (route: string, query = "", body?: unknown): Exchange[] =>
  (["stranger", "nobody"] as const).map((as) => ({ as, route, query, body, status: 400, says: connect }));
