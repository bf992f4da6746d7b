/** What can go wrong, as one closed union: whose fault it is, whether trying again can help, and what to tell the person on the phone. */

/** Whose fault: the client sent something wrong, or Trunkline itself, the CRM or RingCentral failed. */
export type Origin = "client" | "trunkline" | "crm" | "ringcentral";

/**
 * `never`: the same request will fail the same way. `later`: nothing was done, trying again is safe.
 * `reconcile`: the CRM may or may not have done it, so look before writing again.
 */
export type Retry = "never" | "later" | "reconcile";

const CATALOGUE = {
  "bad-input": { origin: "client", retry: "never" },
  "unknown-platform": { origin: "client", retry: "never" },
  "host-not-allowed": { origin: "client", retry: "never" },
  "not-connected": { origin: "client", retry: "never" },
  "not-logged-in": { origin: "client", retry: "never" },
  "crm-refused-login": { origin: "crm", retry: "never" },
  "crm-session-ended": { origin: "crm", retry: "never" },
  "crm-forbids": { origin: "crm", retry: "never" },
  "crm-record-missing": { origin: "crm", retry: "never" },
  "crm-rejected": { origin: "crm", retry: "never" },
  "crm-rate-limited": { origin: "crm", retry: "later" },
  "crm-unavailable": { origin: "crm", retry: "later" },
  "crm-unreachable": { origin: "crm", retry: "later" },
  "crm-answer-lost": { origin: "crm", retry: "reconcile" },
  "crm-answer-malformed": { origin: "crm", retry: "later" },
  "ringcentral-session-ended": { origin: "ringcentral", retry: "never" },
  "ringcentral-forbids": { origin: "ringcentral", retry: "never" },
  "ringcentral-rejected": { origin: "ringcentral", retry: "never" },
  "ringcentral-rate-limited": { origin: "ringcentral", retry: "later" },
  "ringcentral-unavailable": { origin: "ringcentral", retry: "later" },
  unsupported: { origin: "trunkline", retry: "never" },
  unforeseen: { origin: "trunkline", retry: "later" },
} as const satisfies Record<string, { origin: Origin; retry: Retry }>;

export type ErrorCode = keyof typeof CATALOGUE;

/** Facts that come with an error. */
export interface ErrorFacts {
  /** The HTTP status that the CRM or RingCentral answered with. */
  status?: number;
  /** How long we were asked to wait, in milliseconds. */
  retryAfterMs?: number;
  /** True when the failed request could have changed something at the CRM: makes the error one to reconcile. False: it surely has not. */
  mayHaveWritten?: boolean;
  /** How long the failed request may still be at work inside the CRM, in milliseconds. */
  atWorkMs?: number;
  /** What stands in the record nonetheless, where it is written piece by piece: as the ledger keeps it. */
  standing?: Record<string, unknown>;
  /** The request field that was wrong. */
  field?: string;
  cause?: unknown;
}

/**
 * The only error that crosses a room's door. `userMessage` is a whole sentence that a person may read: it holds no secret,
 * no URL and no stack.
 */
export class TrunklineError extends Error {
  override readonly name = "TrunklineError";
  readonly code: ErrorCode;
  readonly userMessage: string;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, userMessage: string, facts: ErrorFacts = {}) {
    super(`${code}: ${userMessage}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.userMessage = userMessage;
    this.facts = facts;
  }

  get origin(): Origin {
    return CATALOGUE[this.code].origin;
  }

  get retry(): Retry {
    return this.facts.mayHaveWritten === true ? "reconcile" : CATALOGUE[this.code].retry;
  }
}

/** Shorthand for what a client sent wrong; `field` is the name that the client knows it by. */
export function badInput(field: string, problem: string): TrunklineError {
  return new TrunklineError("bad-input", `${field} ${problem}.`, { field });
}

/** Any thrown value as a TrunklineError; what we did not foresee keeps its cause for the log. */
export function asTrunklineError(thrown: unknown): TrunklineError {
  if (thrown instanceof TrunklineError) return thrown;
  return new TrunklineError("unforeseen", "Something went wrong inside Trunkline.", { cause: thrown });
}
