/** The users of a fake Clio account. */

import { Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import { Closed, Fields, type RouteOptions } from "./contact-routes.ts";
import { select } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { byId, USER_SHAPE } from "./shapes.ts";

const UserQuery = Type.Object(
  {
    fields: Fields,
    limit: Type.Optional(Type.String()),
    page_token: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.Union([Type.Literal("true"), Type.Literal("false")])),
  },
  Closed,
);

export function userRoutes(
  app: FakeApp,
  { state, largestPage, origin, userIdOf }: RouteOptions & { userIdOf(authorization: string | undefined): number },
): void {
  app.get(
    "/api/v4/users/who_am_i.json",
    { schema: { querystring: Type.Object({ fields: Fields }, Closed) } },
    ({ query, headers }) => {
      const me = { ...byId(state.users, userIdOf(headers.authorization)), account: state.account };
      return { data: select(me, query.fields, USER_SHAPE) };
    },
  );

  app.get("/api/v4/users.json", { schema: { querystring: UserQuery } }, ({ url, query }) => {
    const users = state.users.filter(({ enabled }) => query.enabled === undefined || String(enabled) === query.enabled);
    const views = users.map((user) => ({ ...user, account: state.account }));
    return pageOf(views, USER_SHAPE, { url, query }, { largest: largestPage, origin: origin() });
  });
}
