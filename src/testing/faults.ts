/** What can go wrong between Trunkline and a CRM, and which requests it happens to. */

import type { Operation, Operations } from "./crm-under-test.ts";

/** Everything that begins with "answer" happens after the CRM has done what it was asked; the rest, before it hears of it. */
export type FaultKind =
  /** 429, the seconds to wait in both headers. */
  | "429 in seconds"
  /** 429, the end of the wait as a unix time. */
  | "429 until a time"
  /** 500. */
  | "error"
  /** 422 with a reason. */
  | "refused"
  | "cut"
  | "answer cut"
  | "answer withheld"
  | "answer garbled"
  /** 400 `invalid_grant`. */
  | "grant ended";

export interface Fault {
  on: Operation;
  kind: FaultKind;
  /** How many requests it happens to; all unless told. */
  times?: number;
}

export interface FaultPlan {
  /** Puts these in the place of all earlier ones. */
  replace(faults: readonly Fault[]): void;
  /** What happens to this request. */
  take(operation: Operation | undefined): FaultKind | undefined;
  /** Operations that were to go wrong and were never asked for. */
  unmet(): Operation[];
}

export function createFaultPlan(): FaultPlan {
  const unmet = new Set<Operation>();
  let planned: { on: Operation; kind: FaultKind; left: number }[] = [];
  return {
    replace(faults) {
      planned = faults.map(({ on, kind, times = Number.POSITIVE_INFINITY }) => ({ on, kind, left: times }));
      for (const { on } of faults) unmet.add(on);
    },
    take(operation) {
      const fault = planned.find(({ on, left }) => on === operation && left > 0);
      if (fault === undefined) return undefined;
      fault.left -= 1;
      unmet.delete(fault.on);
      return fault.kind;
    },
    unmet: () => [...unmet],
  };
}

/** Says which operation a request belongs to. Throws for a pattern that is none. */
export function operationFinder(operations: Operations): (method: string, path: string) => Operation | undefined {
  const patterns = OPERATION_NAMES.flatMap((operation) =>
    (operations[operation] ?? []).map((pattern) => ({ operation, hits: matcher(operation, pattern) })),
  );
  return (method, path) => patterns.find(({ hits }) => hits(method, path))?.operation;
}

const OPERATION_NAMES = [
  "search",
  "createContact",
  "createLog",
  "completeLog",
  "readLog",
  "updateLog",
  "createAppointment",
  "token",
  "revoke",
] as const satisfies readonly Operation[];

function matcher(operation: Operation, pattern: string): (method: string, path: string) => boolean {
  const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(pattern) ?? [];
  if (method === undefined || path === undefined) {
    throw new Error(
      `operations.${operation} must be methods and paths, such as "GET /api/contacts", not "${pattern}".`,
    );
  }
  const literal = path.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const form = new RegExp(`^${literal.join("[^/]+")}$`);
  return (asked, at) => asked === method && form.test(at);
}
