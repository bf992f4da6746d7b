/** Turns what the schema validator found wrong into one plain sentence that names the field. */

import type { FastifySchemaValidationError } from "fastify";

import { badRequest } from "./refusals.ts";

export function validationSentence(errors: FastifySchemaValidationError[], where: string): Error {
  const [error] = errors;
  if (!error) return badRequest(`The ${where} is not as it should be.`);
  if (error.keyword === "required") {
    return badRequest(
      `${fieldOf(`${error.instancePath}/${String(error.params["missingProperty"])}`, where)} is required.`,
    );
  }
  return badRequest(`${fieldOf(error.instancePath, where)} ${complaint(error, where)}.`);
}

/** `/0/kind` reads `[0].kind`, `/phones/1/number` reads `phones[1].number`. */
function fieldOf(instancePath: string, where: string): string {
  const field = instancePath
    .replaceAll(/\/(\d+)(?=\/|$)/g, "[$1]")
    .replaceAll("/", ".")
    .replace(/^\./, "");
  return field === "" ? `The ${where}` : field;
}

function complaint({ keyword, params, message }: FastifySchemaValidationError, where: string): string {
  switch (keyword) {
    case "type":
      if (where === "querystring") return "must be given only once";
      return `must be ${[params["type"]].flat().map(typeInWords).join(" or ")}`;
    case "enum":
      return `must be one of ${[params["allowedValues"]].flat().join(", ")}`;
    case "pattern":
    case "minLength":
      return "must not be blank";
    case "maxLength":
      return `must have at most ${String(params["limit"])} characters`;
    case "maxItems":
      return `must have at most ${String(params["limit"])} items`;
    case "minimum":
      return `must be at least ${String(params["limit"])}`;
    case "maximum":
      return `must be at most ${String(params["limit"])}`;
    default:
      return message ?? "is not as it should be";
  }
}

function typeInWords(type: unknown): string {
  switch (type) {
    case "string":
      return "text";
    case "integer":
      return "a whole number";
    case "array":
      return "a list";
    case "object":
      return "an object";
    default:
      return String(type);
  }
}
