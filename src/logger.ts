/** The logger: JSON lines on standard output, and nothing secret in them. */

import pino, { type DestinationStream, type Logger } from "pino";
import type { LogLevel } from "./config.ts";

/** Members that are never written, wherever they should turn up. */
const SECRET_MEMBERS = [
  "authorization",
  "accessToken",
  "refreshToken",
  "apiKey",
  "jwtToken",
  "rcAccessToken",
  "note",
  "body",
  "query",
];

export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: SECRET_MEMBERS.flatMap((name) => [name, `*.${name}`]), censor: "[redacted]" },
    serializers: { err: errorFacts },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Only what helps to find the place: an error's other members may hold what somebody sent. */
function errorFacts(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code: unknown = Reflect.get(error, "code");
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === "string" ? { code } : {}),
    stack: error.stack,
  };
}
