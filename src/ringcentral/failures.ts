/** RingCentral's failures as errors of our own, kept apart from a CRM's: they must never cost a user the login to the CRM. */

import { Type } from "typebox";
import type { AnswerBody } from "../sdk/answer-body.ts";
import { failedAnswer, failedTransport, malformedAnswer, type FailedAnswer } from "../sdk/crm-failure.ts";
import { type ErrorCode, TrunklineError } from "../sdk/errors.ts";
import { compiled } from "../compiled.ts";

const NAME = "RingCentral";

/** What the same trouble is called on this side. */
const OURS: Partial<Record<ErrorCode, ErrorCode>> = {
  "crm-session-ended": "ringcentral-session-ended",
  "crm-forbids": "ringcentral-forbids",
  "crm-record-missing": "ringcentral-rejected",
  "crm-rejected": "ringcentral-rejected",
  "crm-rate-limited": "ringcentral-rate-limited",
  "crm-unavailable": "ringcentral-unavailable",
  "crm-unreachable": "ringcentral-unavailable",
  "crm-answer-lost": "ringcentral-unavailable",
  "crm-answer-malformed": "ringcentral-unavailable",
};

const oauthRefusal = compiled(Type.Object({ error: Type.String() }));
const errorList = compiled(
  Type.Object({ errors: Type.Array(Type.Object({ message: Type.String() }), { minItems: 1 }) }),
);

/** An answer that is no success, before it is made a failure. */
export interface Refusal {
  status: number;
  /** OAuth's own code, such as "invalid_grant". */
  oauth: string | undefined;
}

export function refusalOf(status: number, body: AnswerBody): Refusal {
  const said: unknown = body.kind === "json" ? body.value : undefined;
  return { status, oauth: oauthRefusal.Check(said) ? said.error : undefined };
}

export function unsuccessful(method: string, answer: FailedAnswer): TrunklineError {
  return asOurs(failedAnswer({ displayName: NAME }, method, { ...answer, body: withItsWords(answer.body) }));
}

export function unreached(method: string, thrown: unknown): TrunklineError {
  return asOurs(failedTransport(NAME, method, thrown));
}

export function malformed(method: string, status: number): TrunklineError {
  return asOurs(malformedAnswer(NAME, method, status));
}

/** Held back by ourselves: asking again before the time would only prolong the penalty. */
export function heldBack(retryAfterMs: number): TrunklineError {
  return new TrunklineError("ringcentral-rate-limited", `${NAME} asked us to slow down.`, { retryAfterMs });
}

/** RingCentral explains itself in a list; the first of it is what a person is told. */
function withItsWords(body: AnswerBody): AnswerBody {
  if (body.kind !== "json" || !errorList.Check(body.value)) return body;
  return { kind: "json", value: { message: body.value.errors[0]?.message } };
}

function asOurs(failure: TrunklineError): TrunklineError {
  const code = OURS[failure.code];
  return code === undefined ? failure : new TrunklineError(code, failure.userMessage, failure.facts);
}
