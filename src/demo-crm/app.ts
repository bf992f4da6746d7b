/** The Fastify instance: limits, strict validation, and every error as `{ error: "<plain sentence>" }`. */

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";

import { answerUnknownRoutes } from "./unknown-routes.ts";
import { validationSentence } from "./validation-sentences.ts";

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

/** Log bodies carry whole transcripts. */
const BODY_LIMIT = 4 * 1024 * 1024;

export function createApp(): App {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    ajv: {
      customOptions: {
        // A number where text belongs is the caller's mistake, not something to repair in silence.
        coerceTypes: false,
        allowUnionTypes: true,
        // TypeBox writes sound schemas, and V8 makes fast code of what Ajv leaves: both cost half of the start.
        validateSchema: false,
        code: { optimize: false },
      },
    },
    schemaErrorFormatter: validationSentence,
    frameworkErrors: (error, _request, reply) => {
      answerError(error, reply);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setErrorHandler((error, _request, reply) => answerError(error, reply));
  answerUnknownRoutes(app);
  return app;
}

function answerError(error: unknown, reply: FastifyReply): FastifyReply {
  const status = statusOf(error);
  if (status >= 500 || !(error instanceof Error)) {
    return reply.code(500).send({ error: "Something went wrong in the Demo CRM." });
  }
  return reply.code(status).send({ error: error.message.endsWith(".") ? error.message : `${error.message}.` });
}

function statusOf(error: unknown): number {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : 500;
}
