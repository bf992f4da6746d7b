/** How the Demo CRM can be, as faults of its own: what a person switches on to see what becomes of their logs. */

import { Type } from "typebox";
import { compiled } from "../../compiled.ts";

export const CONDITIONS = ["well", "down", "slow", "rate-limited", "loses-answers"] as const;
export type Condition = (typeof CONDITIONS)[number];

/** One fault as the Demo CRM's /control/faults takes it. */
export interface Fault {
  match: string;
  kind: "429" | "cut" | "delay" | "timeout-after-write";
  times: number;
  ms: number;
}

/** Until it is switched off. */
const ALWAYS = Number.MAX_SAFE_INTEGER;
const SLOW_MS = 3_000;
const RATE_LIMIT_MS = 10_000;
/** People can still log in while it is slow or down as far as the page itself goes: only what Trunkline asks is hit. */
const ASKED_BY_TRUNKLINE = ["GET /api", "POST /api", "PATCH /api", "POST /oauth/token", "POST /oauth/revoke"];

export function faultsOf(condition: Condition): Fault[] {
  const everywhere = (kind: Fault["kind"], ms: number) =>
    ASKED_BY_TRUNKLINE.map((match) => ({ match, kind, times: ALWAYS, ms }));
  switch (condition) {
    case "well":
      return [];
    case "down":
      return everywhere("cut", 0);
    case "slow":
      return everywhere("delay", SLOW_MS);
    case "rate-limited":
      return everywhere("429", RATE_LIMIT_MS);
    case "loses-answers":
      return [{ match: "POST /api/activities", kind: "timeout-after-write", times: ALWAYS, ms: 0 }];
  }
}

const FaultsAnswer = compiled(Type.Object({ faults: Type.Array(Type.Object({ kind: Type.String() })) }));

/** Read off what the Demo CRM says is ordered; undefined for orders that are not the playground's. */
export function conditionIn(answer: unknown): Condition | undefined {
  if (!FaultsAnswer.Check(answer)) return undefined;
  const [first] = answer.faults;
  return CONDITIONS.find((condition) => faultsOf(condition)[0]?.kind === first?.kind);
}
