/** The one place where errors become answers: contract.md, "Result convention". */

import { randomUUID } from "node:crypto";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { asTrunklineError, TrunklineError } from "../sdk/errors.ts";
import { type ReturnMessage, danger, warning } from "./return-message.ts";

/** How long a client should wait for a database that is away, in seconds. */
const DATABASE_RETRY_S = 5;
/** The same for RingCentral, where it names no time itself. */
const RINGCENTRAL_RETRY_S = 5;

/**
 * Answers anything that escaped a route. The client shows a non-2xx answer only when its body is a plain string, so every
 * one is.
 */
export function errorAnswerer(isDatabaseAway: (error: unknown) => boolean) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    void reply.type("text/plain; charset=utf-8");
    // A CRM or RingCentral that cannot be reached fails with the same codes; what is foreseen was told apart already.
    const cause = thrown instanceof TrunklineError ? thrown.code === "unforeseen" && thrown.facts.cause : thrown;
    if (!isDatabaseAway(cause)) return answerError(thrown, request, reply);
    request.log.warn({ err: cause }, "the database cannot be reached");
    void reply.code(503).header("retry-after", DATABASE_RETRY_S);
    return reply.send(
      "Trunkline cannot reach its database at the moment. Nothing is lost or written twice; please try again.",
    );
  };
}

function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isFastifyError(thrown)) {
    const status = thrown.statusCode ?? 500;
    if (thrown.validation !== undefined) return reply.code(400).send(sentenceFor(thrown));
    if (status < 500) return reply.code(status).send(thrown.message);
  }
  const error = asTrunklineError(thrown);
  // The client logs in again at the service that logs without a browser when this status says so, and only then.
  if (error.code === "not-logged-in") return reply.code(401).send(error.userMessage);
  if (error.origin === "client") return reply.code(400).send(error.userMessage);
  if (error.code === "ringcentral-forbids") return reply.code(403).send(error.userMessage);
  if (error.origin === "ringcentral" && error.retry !== "never") {
    const seconds = Math.max(1, Math.ceil((error.facts.retryAfterMs ?? RINGCENTRAL_RETRY_S * 1000) / 1000));
    return reply.code(503).header("retry-after", seconds).send(`${error.userMessage} Please try again.`);
  }
  if (error.code === "unforeseen") {
    const reference = randomUUID().slice(0, 8);
    request.log.error({ err: error.cause, reference }, "unforeseen error");
    return reply.code(500).send(`Something went wrong inside Trunkline. Please report reference ${reference}.`);
  }
  return reply.code(400).send(error.userMessage);
}

/** A CRM's failure as a business answer: 200, `successful: false`, and what to tell the person. */
export function failureMessage(error: TrunklineError): ReturnMessage {
  return error.retry === "never" ? danger(error.userMessage) : warning(`${error.userMessage} Please try again.`);
}

/**
 * Runs a route's work; the CRM's failures become `{ successful: false, returnMessage }` together with `extras`, the
 * members that the client reads unguarded. Everything else goes on to `answerError`.
 */
export async function orFailure<Answer extends object, Extras extends object>(
  extras: Extras,
  work: () => Promise<Answer>,
): Promise<Answer | (Extras & { successful: false; returnMessage: ReturnMessage })> {
  try {
    return await work();
  } catch (thrown) {
    const error = asTrunklineError(thrown);
    if (error.origin !== "crm" && error.code !== "unsupported") throw error;
    return { ...extras, successful: false, returnMessage: failureMessage(error) };
  }
}

function isFastifyError(thrown: unknown): thrown is FastifyError {
  return (
    thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" && thrown.code.startsWith("FST_")
  );
}

/** "contactId must be string." with the field's name as the client knows it. */
function sentenceFor(error: FastifyError): string {
  const [problem] = error.validation ?? [];
  if (problem === undefined) return error.message;
  const place = problem.instancePath.split("/").filter((part) => part !== "");
  const missing: unknown = problem.params["missingProperty"];
  const field = [...place, ...(typeof missing === "string" ? [missing] : [])].join(".");
  if (field === "")
    return `The ${error.validationContext ?? "request"} must be a JSON object with the fields of this route.`;
  if (typeof missing === "string") return `${field} is required.`;
  return `${field} ${problem.message ?? "is not valid"}.`;
}
