/** The account of a fake Pipedrive: who is connected, who works there, which activity types there are. */

import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import { refusal, userAnswer } from "./answers.ts";
import type { PipedriveState } from "./state.ts";

const NoQuery = Type.Object({}, { additionalProperties: false });

export interface AccountRouteOptions {
  state: PipedriveState;
  userOf(request: FastifyRequest): number | undefined;
}

export function accountRoutes(app: FakeApp, { state, userOf }: AccountRouteOptions): void {
  const schema = { querystring: NoQuery };

  app.get("/v1/users/me", { schema }, (request, reply) => {
    const user = state.users.find(({ id }) => id === userOf(request));
    if (user === undefined) return reply.code(404).send(refusal(404, "User not found."));
    return reply.send({ success: true, data: userAnswer(user, state) });
  });

  app.get("/v1/users", { schema }, (_request, reply) =>
    reply.send({ success: true, data: state.users.map((user) => userAnswer(user, state)) }),
  );

  app.get("/v1/activityTypes", { schema }, (_request, reply) => {
    const data = state.activityTypes.map(({ name, key, active }, at) => ({
      id: at + 1,
      order_nr: at + 1,
      name,
      key_string: key,
      active_flag: active,
      is_custom_flag: false,
    }));
    return reply.send({ success: true, data });
  });
}
