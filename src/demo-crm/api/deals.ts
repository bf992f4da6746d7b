/** GET /api/deals. */

import { Type } from "typebox";

import type { App } from "../app.ts";
import { Deal, type Deals } from "../store/deals.ts";
import { PageOf, PageQuery } from "../store/paging.ts";

const ListRoute = {
  querystring: Type.Object({ contactId: Type.Optional(Type.String()), ...PageQuery }),
  response: { 200: PageOf(Deal) },
};

export function dealRoutes(app: App, { deals }: { deals: Deals }): void {
  app.get("/api/deals", { schema: ListRoute }, async ({ query }) => deals.list(query, query));
}
