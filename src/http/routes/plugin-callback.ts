/** POST /plugin/async-callback/:taskId: what an asynchronous plugin has to say of a call. */

import { Type } from "typebox";
import type { FastifyRequest } from "fastify";
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from "../../sdk/plugin-signature.ts";
import type { App } from "../app.ts";
import { nullMeansAbsent } from "../request-body.ts";
import type { Services } from "../services.ts";

const Answer = Type.Object({ successful: Type.Boolean(), message: Type.Optional(Type.String()) });

/** Needs an instance of its own: here the body is kept as it came, because it is what was signed. */
export function pluginCallbackRoute(app: App, { pluginTasks }: Services): void {
  const received = new WeakMap<FastifyRequest, string>();
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) => {
    received.set(request, body);
    void parse(request, body, done);
  });

  app.post(
    "/plugin/async-callback/:taskId",
    {
      preValidation: nullMeansAbsent,
      schema: {
        summary: "Report what became of a task",
        description: `For plugins: each task is answered once, within a week, with a body signed in ${TIMESTAMP_HEADER} and ${SIGNATURE_HEADER}. The note is added to the call's.`,
        tags: ["plugins"],
        params: Type.Object({ taskId: Type.String() }),
        body: Type.Object(
          {
            successful: Type.Boolean(),
            note: Type.Optional(Type.String({ maxLength: 50_000 })),
          },
          { additionalProperties: true },
        ),
        response: { 200: Answer, 400: Answer, 404: Answer, 500: Answer },
      },
    },
    async (request, reply) => {
      const { successful, note } = request.body;
      const signature = {
        timestamp: headerOf(request, TIMESTAMP_HEADER),
        signature: headerOf(request, SIGNATURE_HEADER),
      };
      const body = received.get(request) ?? "";
      const outcome = await pluginTasks.report(request.params.taskId, { successful, note }, body, signature);
      if (outcome === "done") return { successful: true };
      if (outcome === "no such task") {
        return reply
          .code(404)
          .send(failed("There is no such task: it was answered before, has expired, or never was."));
      }
      if (outcome === "not signed") {
        return reply
          .code(400)
          .send(failed(`${SIGNATURE_HEADER} is not this body's, or ${TIMESTAMP_HEADER} is not now.`));
      }
      return reply.code(500).send(failed(`The log could not be changed: ${outcome.refused}`));
    },
  );
}

function headerOf({ headers }: FastifyRequest, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}

function failed(message: string) {
  return { successful: false, message };
}
