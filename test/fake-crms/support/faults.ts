/** What may go wrong between a connector and a fake of its CRM: faults that a test orders, and which requests they hit. */

interface Matching {
  /** Method and path without its query; `*` stands for anything: "POST /api/v2/activities", "* /v1/leads", "GET /api/v2/activities/*". */
  match: string;
  /** How many requests it hits; one where this is absent. */
  times?: number;
}

export type Fault = Matching &
  (
    | { kind: "answer"; status: number; headers?: Readonly<Record<string, string>>; body?: string | object }
    | { kind: "delay"; ms: number }
    /** The connection is cut before anything is done. */
    | { kind: "cut" }
    /** Everything is done, then the connection is cut. */
    | { kind: "lost-answer" }
    /** Everything is done, but no answer is ever sent. */
    | { kind: "silence" }
    /** Everything is done, and half a JSON document is answered. */
    | { kind: "malformed" }
  );

export interface FaultPlan {
  /** Adds to the faults ordered before; the first that fits a request hits it. */
  order(...faults: Fault[]): void;
  clear(): void;
  /** The fault that this request meets; it has one hit less afterwards. */
  take(method: string, path: string): Fault | undefined;
}

export function createFaultPlan(): FaultPlan {
  const planned: { fault: Fault; pattern: RegExp; left: number }[] = [];
  return {
    order(...faults) {
      for (const fault of faults) planned.push({ fault, pattern: patternOf(fault.match), left: fault.times ?? 1 });
    },
    clear() {
      planned.length = 0;
    },
    take(method, path) {
      const hit = planned.find(({ pattern, left }) => left > 0 && pattern.test(`${method} ${path}`));
      if (hit === undefined) return undefined;
      hit.left -= 1;
      return hit.fault;
    },
  };
}

function patternOf(match: string): RegExp {
  return new RegExp(`^${match.split("*").map(literal).join(".*")}$`);
}

function literal(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}
