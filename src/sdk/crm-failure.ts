/** From what went wrong on the wire to an error that says whether trying again can help and what to tell the person. */

import type { Connector } from "./connector.ts";
import type { AnswerBody } from "./answer-body.ts";
import type { CrmBudget } from "./crm-http.ts";
import { TrunklineError } from "./errors.ts";

/** How long a request that we gave up waiting for may still be worked on, and one whose connection the other side closed. */
const GAVE_UP_MS = 15_000;
const CUT_MS = 3_000;

const DAY_MS = 24 * 60 * 60 * 1000;
/** A reset header above this is a point in time, not a number of seconds: no CRM asks for a wait of thirty years. */
const FIRST_EPOCH = 1_000_000_000;
/** Failures that happen before a request can have left this machine. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_NEVER_SENT",
]);
/** 524 is Cloudflare's. */
const GAVE_UP_STATUSES = new Set([408, 502, 504, 524]);
const CUT = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);
/** The status that a CRM should have answered with. */
const STATUS_MEANT = { "crm-rate-limited": 429, "crm-session-ended": 401, "crm-record-missing": 404 };

type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface FailedAnswer {
  status: number;
  headers: AnswerHeaders;
  body: AnswerBody;
}

/** The connection failed, or no answer came in time. A write that had been sent may have been done. */
export function failedTransport(crm: string, method: string, thrown: unknown): TrunklineError {
  if (thrown instanceof TrunklineError) return thrown;
  if (NEVER_SENT.has(codeOf(thrown))) {
    return new TrunklineError("crm-unreachable", `${crm} could not be reached.`, { cause: thrown });
  }
  const sentence = `${crm} did not answer in time or closed the connection.`;
  if (method === "GET") return new TrunklineError("crm-unreachable", sentence, { cause: thrown });
  const atWorkMs = CUT.has(codeOf(thrown)) ? CUT_MS : GAVE_UP_MS;
  return new TrunklineError("crm-answer-lost", sentence, { cause: thrown, mayHaveWritten: true, atWorkMs });
}

/** Who answered, as far as its failures are concerned. */
export interface FailingCrm {
  displayName: string;
  meaningOfFailure?: Connector["meaningOfFailure"];
}

/** The CRM answered, but not with success. */
export function failedAnswer(from: FailingCrm, method: string, answer: FailedAnswer): TrunklineError {
  const crm = from.displayName;
  const { headers, body } = answer;
  const value = body.kind === "unreadable" ? undefined : body.value;
  const meaning = from.meaningOfFailure?.({ status: answer.status, isJson: body.kind === "json", body: value });
  const status = meaning === undefined ? answer.status : STATUS_MEANT[meaning.code];
  const said = whatTheCrmSaid(body);
  if (status === 429 || status === 503) {
    const retryAfterMs = meaning?.retryAfterMs ?? announcedWait(headers, Date.now());
    const facts = retryAfterMs === undefined ? { status } : { status, retryAfterMs };
    return status === 429
      ? new TrunklineError("crm-rate-limited", `${crm} asked us to slow down.`, facts)
      : new TrunklineError("crm-unavailable", `${crm} is not available at the moment.`, facts);
  }
  if (status >= 500 || status === 408) {
    const mayHaveWritten = method !== "GET";
    // A gateway that gave up waiting answers for a server that may not have.
    const atWorkMs = GAVE_UP_STATUSES.has(status) ? GAVE_UP_MS : 0;
    return new TrunklineError("crm-unavailable", `${crm} answered with an error of its own.`, {
      status,
      mayHaveWritten,
      atWorkMs,
    });
  }
  if (status === 401) {
    return new TrunklineError("crm-session-ended", `${crm} no longer accepts this login. Please connect again.`, {
      status,
    });
  }
  if (status === 403)
    return new TrunklineError("crm-forbids", `${crm} does not permit this for your account.${said}`, { status });
  if (status === 404 || status === 410) {
    return new TrunklineError("crm-record-missing", `The record is no longer in ${crm}.${said}`, { status });
  }
  return new TrunklineError("crm-rejected", `${crm} did not accept this.${said}`, { status });
}

/** The CRM claimed success with a body that cannot be what it says. */
export function malformedAnswer(crm: string, method: string, status: number): TrunklineError {
  const facts = { status, mayHaveWritten: method !== "GET" };
  return new TrunklineError(
    "crm-answer-malformed",
    `${crm} answered with something that could not be understood.`,
    facts,
  );
}

/** The longest wait that the answer announces, in milliseconds; at most a day. Undefined where it announces none. */
export function announcedWait(headers: AnswerHeaders, now: number): number | undefined {
  const waits = [waitOf(headers["retry-after"], now), waitOf(headers["x-ratelimit-reset"], now)].filter(
    (wait) => wait !== undefined,
  );
  return waits.length === 0 ? undefined : Math.ceil(Math.min(DAY_MS, Math.max(0, ...waits)));
}

/** The budget that an answer announces: its rate-limit headers, or a 429 with a wait. Undefined where it announces none. */
export function announcedBudget(status: number, headers: AnswerHeaders, now: number): CrmBudget | undefined {
  const wait = announcedWait(headers, now);
  if (wait === undefined) return undefined;
  if (status === 429) return { remaining: 0, limit: 1, resetsAt: now + wait };
  const [remaining, limit] = ["x-ratelimit-remaining", "x-ratelimit-limit"].map((name) => Number(headers[name]));
  if (remaining === undefined || limit === undefined || !(remaining >= 0 && limit > 0)) return undefined;
  return { remaining, limit, resetsAt: now + wait };
}

/** Seconds left, a unix time in seconds, or an HTTP date. */
function waitOf(header: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (text === undefined || text === "") return undefined;
  const number = Number(text);
  if (Number.isFinite(number)) return number > FIRST_EPOCH ? number * 1000 - now : number * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date - now;
}

/** The CRM's own short explanation, as a sentence to append. */
function whatTheCrmSaid(body: AnswerBody): string {
  if (body.kind !== "json" || typeof body.value !== "object" || body.value === null) return "";
  const error: unknown = Reflect.get(body.value, "error");
  const inner: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "message") : undefined;
  const said = [error, inner, Reflect.get(body.value, "message")].find(
    (text) => typeof text === "string" && text !== "",
  );
  return typeof said === "string" ? ` It said: ${said.slice(0, 200)}` : "";
}

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "";
  const code: unknown = Reflect.get(thrown, "code");
  return typeof code === "string" ? code : codeOf(thrown.cause);
}
