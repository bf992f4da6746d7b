/** How RingCentral refuses: codes of "Error codes" in its guide (seen 2026-11), and its penalty for too many requests. */

import type { Fault } from "../fake-crms/support/faults.ts";

/** Thrown by a route, and answered by the fake. */
export class Refused extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, code: string, message: string, parameterName?: string) {
    super(message);
    this.status = status;
    this.body = refusalWith(code, message, parameterName);
  }
}

export function refusal(status: number, message: string): object {
  const code = status === 404 ? "CMN-102" : status < 500 ? "CMN-101" : "CMN-203";
  return refusalWith(code, message);
}

export function refusalWith(errorCode: string, message: string, parameterName?: string): object {
  const trouble = parameterName === undefined ? { errorCode, message } : { errorCode, message, parameterName };
  return { errors: [trouble] };
}

export function oauthRefusal(error: string, errorCode: string, message: string): object {
  return { error, error_description: message, errors: [{ errorCode, message }] };
}

export function tooManyRequests(): object {
  return refusalWith("CMN-301", "Request rate exceeded");
}

export function rateLimited(match: string, seconds: number, times = 1): Fault {
  const headers = { "retry-after": String(seconds), "x-rate-limit-group": "light" };
  return { match, times, kind: "answer", status: 429, headers, body: tooManyRequests() };
}

export function outOfOrder(match: string, status = 500, times = 1): Fault {
  return { match, times, kind: "answer", status, body: refusal(status, "Service Temporary Unavailable") };
}
