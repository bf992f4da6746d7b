/** How a CRM may answer one request, well or badly, and the errors that its HTTP client makes of it. */

import * as fc from "fast-check";
import { failedAnswer, failedTransport, malformedAnswer } from "../../src/sdk/crm-failure.ts";
import { CRM_LIMITS } from "../../src/sdk/crm-http.ts";

export type Method = "GET" | "POST" | "PATCH";

export type CrmBehaviour =
  | { kind: "slow"; ms: number }
  | { kind: "unreachable" }
  | { kind: "429" | "503"; waitSeconds: number }
  /** `stumble`: the connector itself fails, in a way that nobody foresaw. */
  | { kind: "500" | "malformed" | "stumble"; writes: boolean }
  /** `writesAfterMs`: when the change is made that nobody hears of; undefined for never. */
  | { kind: "cut" | "silent" | "504"; writesAfterMs: number | undefined }
  | { kind: "400" | "401" };

/** The next request of a method is answered like this. */
export interface CrmFault {
  method: Method;
  behaviour: CrmBehaviour;
}

/** How long a write goes on after the connection was cut, or after we gave up waiting: just below what the ledger allows for. */
const WORKS_AFTER_CUT_MS = 2_900;
/** How long after the caller died. */
export const WORKS_AFTER_DEATH_MS = 11_900;
const WORKS_AFTER_GIVING_UP_MS = 14_900;

const crmBehaviour: fc.Arbitrary<CrmBehaviour> = fc.oneof(
  fc.record({ kind: fc.constant("slow" as const), ms: fc.integer({ min: 1, max: CRM_LIMITS.responseMs - 1 }) }),
  fc.constant<CrmBehaviour>({ kind: "unreachable" }),
  fc.record({ kind: fc.constantFrom("429" as const, "503" as const), waitSeconds: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constantFrom("500" as const, "malformed" as const, "stumble" as const), writes: fc.boolean() }),
  fc.record({ kind: fc.constant("cut" as const), writesAfterMs: perhapsWithin(WORKS_AFTER_CUT_MS) }),
  fc.record({
    kind: fc.constant("silent" as const),
    writesAfterMs: perhapsWithin(CRM_LIMITS.responseMs + WORKS_AFTER_GIVING_UP_MS),
  }),
  fc.record({ kind: fc.constant("504" as const), writesAfterMs: perhapsWithin(WORKS_AFTER_GIVING_UP_MS) }),
  fc.record({ kind: fc.constantFrom("400" as const, "401" as const) }),
);

export const crmFault: fc.Arbitrary<CrmFault> = fc.record({
  method: fc.constantFrom("POST", "PATCH", "GET"),
  behaviour: crmBehaviour,
});

/** How a CRM is away: nothing is done. */
export const outage: fc.Arbitrary<CrmBehaviour> = fc.constantFrom(
  { kind: "unreachable" },
  { kind: "500", writes: false },
  { kind: "cut", writesAfterMs: undefined },
  { kind: "silent", writesAfterMs: undefined },
);

function perhapsWithin(ms: number): fc.Arbitrary<number | undefined> {
  return fc.option(fc.oneof(fc.constantFrom(0, ms), fc.integer({ min: 0, max: ms })), { nil: undefined });
}

/** Behaviours after which the CRM's answer asks to be left alone, or for a new login: recovery may take longer. */
export function asksToWait(behaviour: CrmBehaviour): boolean {
  return behaviour.kind === "429" || behaviour.kind === "503" || behaviour.kind === "401";
}

/** For how long the CRM asks not to be asked again. */
export function announcedWaitMs(behaviour: CrmBehaviour): number {
  return "waitSeconds" in behaviour ? behaviour.waitSeconds * 1_000 : 0;
}

/** When a behaviour makes the change that was asked for, in milliseconds from the request on; undefined for never. */
export function writesAfter(behaviour: CrmBehaviour): number | undefined {
  if (behaviour.kind === "slow") return 0;
  if ("writesAfterMs" in behaviour) return behaviour.writesAfterMs;
  return "writes" in behaviour && behaviour.writes ? 0 : undefined;
}

/** When the caller knows: at once, when the answer comes, or when it gives up. */
export function answersAfter(behaviour: CrmBehaviour): number {
  if (behaviour.kind === "slow") return behaviour.ms;
  return behaviour.kind === "silent" ? CRM_LIMITS.responseMs : 0;
}

/** What the caller gets instead of an answer; undefined where it is answered well. */
export function failureOf(behaviour: CrmBehaviour, method: Method): Error | undefined {
  switch (behaviour.kind) {
    case "slow":
      return undefined;
    case "unreachable":
      return failedTransport(CRM_NAME, method, withCode("ECONNREFUSED"));
    case "cut":
      return failedTransport(CRM_NAME, method, withCode("UND_ERR_SOCKET"));
    case "silent":
      return failedTransport(CRM_NAME, method, withCode("UND_ERR_HEADERS_TIMEOUT"));
    case "malformed":
      return malformedAnswer(CRM_NAME, method, 200);
    case "429":
    case "503":
      return answered(method, Number(behaviour.kind), { "retry-after": String(behaviour.waitSeconds) });
    case "stumble":
      return new TypeError(STUMBLED);
    case "500":
    case "504":
    case "400":
    case "401":
      return answered(method, Number(behaviour.kind));
  }
}

export function recordMissing(method: Method): Error {
  return answered(method, 404);
}

export const STUMBLED = "The connector stumbled.";
const CRM_NAME = "Model CRM";

function answered(method: Method, status: number, headers: Record<string, string> = {}): Error {
  return failedAnswer({ displayName: CRM_NAME }, method, { status, headers, body: { kind: "json", value: {} } });
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
