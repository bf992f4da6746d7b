/** POST /server-logging/events: where RingCentral tells of calls and messages. It is only a hint: its own logs are what counts. */

import { Type } from "typebox";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

export function serverLoggingEventRoutes(app: App, { serverLogging }: Services): void {
  app.post(
    "/server-logging/events",
    {
      schema: {
        summary: "RingCentral's events",
        description: "Answered as soon as it is stored that there is news.",
        tags: ["server-side logging"],
        querystring: Type.Object({ for: Type.String({ description: "What is followed.", maxLength: 100 }) }),
        response: { 200: Type.String(), 401: Type.String() },
      },
    },
    async (request, reply) => {
      const trial = serverLogging.trialToken(request.headers);
      if (trial === undefined && !(await serverLogging.takeEvent(request.query.for, request.headers, request.body))) {
        return reply.code(401).type("text/plain; charset=utf-8").send("This is not an event of RingCentral's.");
      }
      if (trial !== undefined) void reply.header("validation-token", trial);
      return reply.type("application/json").send("");
    },
  );
}
