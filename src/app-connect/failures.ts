/** From what a connector threw, and what its requests tell, to an error that says whether trying again can help. */

import { failedAnswer, failedTransport } from "../sdk/crm-failure.ts";
import { TrunklineError } from "../sdk/errors.ts";
import { isMembers, type Members } from "./exports.ts";
import type { Traces } from "./outcomes.ts";
import type { AnswerHeaders, WatchedRequest } from "./request-watch.ts";

/** How long a request that nobody waits for any more may still be at work in the CRM. */
const AT_WORK_MS = 15_000;

/** What a function is for: one that creates must never be called again blindly. */
export type Aim = "read" | "create" | "update";

/** A function that was given up. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
  readonly code = "ETIMEDOUT";
}

/** A function threw. */
export function failureOf(thrown: unknown, { aim, crm, traces }: { aim: Aim; crm: string; traces: Traces }) {
  const failure = named(thrown, crm, traces);
  // Whatever it waited for was not seen from here: it may have gone out by another way than HTTP/1.
  const isBlind = thrown instanceof TookTooLong && !traces.hasAsked;
  return withDoubt(failure, aim, isBlind ? { ...traces, isInDoubt: true, isAtWork: true } : traces, crm);
}

/** A function answered that it did not succeed, in its own words where it has any. */
export function refusalOf(words: string | undefined, { aim, crm, traces }: { aim: Aim; crm: string; traces: Traces }) {
  const { failed } = traces;
  const heard = failed === undefined ? undefined : answerOf(failed, crm);
  // A connector that catches a passing failure says little of it: what the CRM itself answered says more.
  const isPassing = heard !== undefined && heard.retry !== "never";
  const failure = isPassing || words === undefined ? heard : undefined;
  const said = words ?? `${crm} did not accept this.`;
  return withDoubt(failure ?? new TrunklineError("crm-rejected", said, {}), aim, traces, crm);
}

function named(thrown: unknown, crm: string, { failed, hasAsked }: Traces): TrunklineError {
  if (thrown instanceof TrunklineError) return thrown;
  const answer = answerIn(thrown);
  if (answer !== undefined) return failedAnswer({ displayName: crm }, "GET", answer);
  if (isTransport(thrown)) return failedTransport(crm, "GET", thrown);
  if (failed !== undefined) return answerOf(failed, crm, thrown);
  // It stumbled over what it was answered, for instance half of it.
  if (hasAsked && thrown instanceof Error) {
    const sentence = `${crm} answered with something that its connector could not understand.`;
    return new TrunklineError("crm-answer-malformed", sentence, { cause: thrown });
  }
  const sentence = `The connector for ${crm} stumbled. Please tell whoever runs this server.`;
  return new TrunklineError("unforeseen", sentence, { cause: thrown, mayHaveWritten: false });
}

/** What may have been written decides, whatever the error looks like. */
function withDoubt(failure: TrunklineError, aim: Aim, traces: Traces, crm: string): TrunklineError {
  const mayHaveWritten =
    aim === "create" ? traces.hasWritten || traces.isInDoubt : aim === "update" && traces.isInDoubt;
  if (!mayHaveWritten) return failure;
  const facts = { ...failure.facts, mayHaveWritten, atWorkMs: traces.isAtWork ? AT_WORK_MS : 0 };
  return failure.code === "crm-unreachable"
    ? new TrunklineError("crm-answer-lost", `${crm} did not answer in time or closed the connection.`, facts)
    : new TrunklineError(failure.code, failure.userMessage, facts);
}

/** axios, fetch wrappers and OAuth libraries carry the answer along, each in a place of its own. */
function answerIn(thrown: unknown) {
  if (!isMembers(thrown)) return undefined;
  const response = isMembers(thrown["response"]) ? thrown["response"] : thrown;
  const status = [response["status"], response["statusCode"]].find((value) => typeof value === "number");
  if (typeof status !== "number" || status < 300) return undefined;
  const value = bodyIn(response["data"] ?? response["body"]);
  const body = value === undefined ? ({ kind: "unreadable" } as const) : ({ kind: "json", value } as const);
  return { status, headers: headersIn(response["headers"]), body };
}

function answerOf({ headers, outcome }: WatchedRequest, crm: string, cause?: unknown): TrunklineError {
  if (typeof outcome !== "number") return failedTransport(crm, "GET", cause);
  return failedAnswer({ displayName: crm }, "GET", { status: outcome, headers, body: { kind: "unreadable" } });
}

function isTransport(thrown: unknown): boolean {
  if (!isMembers(thrown)) return false;
  const { cause, code, isAxiosError, name } = thrown;
  if (isAxiosError === true || name === "AbortError" || name === "TimeoutError") return true;
  if (typeof code === "string" && /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(code)) return true;
  return isTransport(cause);
}

function bodyIn(value: unknown): Members | undefined {
  if (isMembers(value)) return value;
  if (typeof value !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isMembers(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function headersIn(value: unknown): AnswerHeaders {
  const pairs = value instanceof Headers ? [...value] : Object.entries(isMembers(value) ? value : {});
  const headers: AnswerHeaders = {};
  for (const [name, content] of pairs) {
    if (typeof content === "string" || typeof content === "number") headers[name.toLowerCase()] = String(content);
  }
  return headers;
}
