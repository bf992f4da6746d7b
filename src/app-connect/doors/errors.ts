/** Stands in for the core's answers to what went wrong. Nothing is logged: what connectors hand over holds tokens and people's words. */

import { membersIn, textIn } from "../answers.ts";
import type { Members } from "../exports.ts";

/** lib/errorHandler. The answer means failure; who calls it has the sentence of Trunkline's own. */
export function handleDatabaseError(): Members {
  return failure("The database could not be reached.");
}

/** Thrown on: what the CRM answered tells more than a sentence for all. */
export function handleApiError(error: unknown): never {
  throw error instanceof Error ? error : new Error("The CRM could not be asked.", { cause: error });
}

export function getOperationErrorMessage(_operation: unknown, platform: unknown): Members {
  return warning(`${textIn(platform) ?? "The CRM"} could not be asked.`);
}

export function asyncHandler(run: unknown): unknown {
  return run;
}

export function errorMiddleware(_error: unknown, _request: unknown, _response: unknown, next: unknown): void {
  if (typeof next === "function") Reflect.apply(next, undefined, []);
}

/** lib/generalErrorMessage */
export function rateLimitErrorMessage(asked: unknown): Members {
  return warning(`${textIn(membersIn(asked)["platform"]) ?? "The CRM"} asks us to slow down.`);
}

export function authorizationErrorMessage(asked: unknown): Members {
  return warning(`${textIn(membersIn(asked)["platform"]) ?? "The CRM"} no longer accepts this login.`);
}

function failure(message: string): Members {
  return { successful: false, returnMessage: warning(message) };
}

function warning(message: string): Members {
  return { message, messageType: "warning", ttl: 5000 };
}
