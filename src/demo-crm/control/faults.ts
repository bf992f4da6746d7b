/** The faults that were ordered: which requests they hit, and how often still. */

import { type Static, Type } from "typebox";

import { badRequest } from "../refusals.ts";

/** A day: far below what a timer can hold. */
const LONGEST_MS = 86_400_000;

const Order = Type.Object({
  match: Type.String(),
  kind: Type.Enum(["429", "500", "delay", "cut", "timeout-after-write", "malformed"]),
  times: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 1 }),
  ms: Type.Integer({ minimum: 0, maximum: LONGEST_MS, default: 1000 }),
  dialect: Type.Enum(["seconds", "epoch"], { default: "seconds" }),
});
export const FaultList = Type.Array(Order, { maxItems: 1000 });

/** `ms`: the delay, or the wait that a 429 announces. `dialect`: how the 429 writes X-RateLimit-Reset. */
export type Fault = Static<typeof Order>;

export interface FaultPlan {
  /** Puts these in the place of all earlier ones. */
  replace(faults: Fault[]): void;
  remaining(): Fault[];
  /** The first fault that this request meets; it has one less to go afterwards. */
  take(method: string, path: string): Fault | undefined;
}

export function createFaultPlan(): FaultPlan {
  let planned: { fault: Fault; hits: (method: string, path: string) => boolean }[] = [];
  return {
    replace: (faults) => {
      planned = faults.map((fault, index) => ({ fault: { ...fault }, hits: matcher(fault.match, index) }));
    },
    remaining: () => planned.map(({ fault }) => fault),
    take: (method, path) => {
      const hit = planned.find(({ hits }) => hits(method, path));
      if (!hit) return undefined;
      hit.fault.times -= 1;
      planned = planned.filter(({ fault }) => fault.times > 0);
      return hit.fault;
    },
  };
}

/** `PATCH /api/activities` also means `/api/activities/7`, but not `/api/activities-archive`. */
function matcher(match: string, index: number): (method: string, path: string) => boolean {
  const [, method, prefix] = /^(GET|HEAD|POST|PUT|PATCH|DELETE) (\/(?:api|oauth)(?:\/[^\s?#]+)?)\/?$/.exec(match) ?? [];
  if (method === undefined || prefix === undefined) {
    const example = 'such as "POST /api/activities"';
    throw badRequest(`[${index}].match must be a method and a path under /api or /oauth, ${example}.`);
  }
  return (asked, path) => asked === method && (path === prefix || path.startsWith(`${prefix}/`));
}
