/** Time entries of a fake Clio. */

import { Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import { Closed, Fields, Id, ListQuery, type RouteOptions } from "./contact-routes.ts";
import { select } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { refusal } from "./refusals.ts";
import { ACTIVITY_SHAPE, activityView, byId } from "./shapes.ts";
import type { ClioActivity } from "./state.ts";

const Reference = Type.Object({ id: Type.Integer() }, Closed);
const Changes = {
  date: Type.String({ pattern: String.raw`^\d{4}-\d\d-\d\d$` }),
  quantity: Type.Number({ minimum: 0 }),
  note: Type.String(),
  non_billable: Type.Boolean(),
  communication: Reference,
  matter: Reference,
};
const { date, quantity, ...others } = { ...Changes, user: Reference };
const EntryBody = Type.Object(
  {
    data: Type.Object(
      { type: Type.Literal("TimeEntry"), date, quantity, ...Type.Partial(Type.Object(others)).properties },
      Closed,
    ),
  },
  Closed,
);
const EntryChange = Type.Object({ data: Type.Partial(Type.Object(Changes), Closed) }, Closed);
const OneQuery = Type.Object({ fields: Fields }, Closed);

export function activityRoutes(
  app: FakeApp,
  { state, largestPage, origin, userIdOf }: RouteOptions & { userIdOf(authorization: string | undefined): number },
): void {
  app.get(
    "/api/v4/activities.json",
    {
      schema: {
        querystring: Type.Object({ ...ListQuery, communication_id: Id, type: Type.Literal("TimeEntry") }, Closed),
      },
    },
    ({ url, query }) => {
      const found = state.activities.filter(({ communication }) => communication === Number(query.communication_id));
      const views = found.map((activity) => activityView(activity, state));
      return pageOf(views, ACTIVITY_SHAPE, { url, query }, { largest: largestPage, origin: origin() });
    },
  );

  app.post(
    "/api/v4/activities.json",
    { schema: { body: EntryBody, querystring: OneQuery } },
    ({ body, query, headers }, reply) => {
      const { data } = body;
      const activity: ClioActivity = {
        id: state.newId(),
        type: data.type,
        date: data.date,
        quantity: data.quantity,
        note: data.note ?? "",
        non_billable: data.non_billable ?? false,
        billed: false,
        communication: data.communication?.id ?? null,
        matter: data.matter?.id ?? null,
        user: data.user?.id ?? userIdOf(headers.authorization),
      };
      const isLost =
        (activity.communication !== null && byId(state.communications, activity.communication) === undefined) ||
        (activity.matter !== null && byId(state.matters, activity.matter) === undefined) ||
        byId(state.users, activity.user) === undefined;
      if (isLost) return reply.code(422).send(refusal(422, "Communication, matter or user was not found"));
      state.activities.push(activity);
      return reply.code(201).send({ data: select(activityView(activity, state), query.fields, ACTIVITY_SHAPE) });
    },
  );

  app.patch(
    "/api/v4/activities/:id.json",
    { schema: { params: Type.Object({ id: Id }), body: EntryChange, querystring: OneQuery } },
    ({ params, body, query }, reply) => {
      const activity = byId(state.activities, Number(params.id));
      if (activity === undefined) return reply.code(404).send(refusal(404, "Record not found"));
      if (activity.billed) return reply.code(422).send(refusal(422, "A billed activity cannot be changed"));
      const { matter, communication, ...changes } = body.data;
      Object.assign(
        activity,
        changes,
        matter && { matter: matter.id },
        communication && { communication: communication.id },
      );
      return reply.send({ data: select(activityView(activity, state), query.fields, ACTIVITY_SHAPE) });
    },
  );
}
