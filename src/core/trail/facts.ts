/** What a step of the trail says, read back. */

import { type Static, Type } from "typebox";
import type { TrailStep } from "../../store/trail.ts";
import { compiled } from "../../compiled.ts";

const Text = Type.Optional(Type.String());

const LookUpFacts = Type.Object({
  number: Type.String(),
  outcome: Type.String(),
  from: Type.String(),
  contacts: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), phone: Text })),
  reason: Text,
  code: Text,
});
const AcceptedFacts = Type.Object({
  kind: Type.String(),
  contactId: Type.String(),
  version: Type.Number(),
});
const AttemptFacts = Type.Object({
  kind: Type.String(),
  contactId: Type.String(),
  aim: Type.String(),
  version: Type.Number(),
  attempt: Type.Number(),
  state: Type.String(),
  logId: Text,
  reason: Text,
  code: Text,
  milliseconds: Type.Number(),
});

/** The facts with what happened; undefined where they cannot be read any more. */
export type ReadStep = { at: number; userId: string; entryId: string | undefined; sourceKey: string | undefined } & (
  | { what: "number looked up"; facts: Static<typeof LookUpFacts> }
  | { what: "log accepted"; facts: Static<typeof AcceptedFacts> }
  | { what: "log attempted"; facts: Static<typeof AttemptFacts> }
);

const lookUp = compiled(LookUpFacts);
const accepted = compiled(AcceptedFacts);
const attempted = compiled(AttemptFacts);

export function readStep({ at, userId, entryId, sourceKey, what, facts }: TrailStep): ReadStep | undefined {
  const step = { at, userId, entryId, sourceKey };
  if (what === "number looked up" && lookUp.Check(facts)) return { ...step, what, facts };
  if (what === "log accepted" && accepted.Check(facts)) return { ...step, what, facts };
  if (what === "log attempted" && attempted.Check(facts)) return { ...step, what, facts };
  return undefined;
}
