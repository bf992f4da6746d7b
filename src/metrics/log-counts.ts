/** Counts look-ups of numbers, logs that were accepted, and attempts to get them into a CRM. */

import { Counter, Histogram, type Registry } from "prom-client";
import type { LogAccepted, LogAttempted, NumberLookedUp } from "../core/observations.ts";
import type { EntryKind } from "../store/schema.ts";

/** Seconds. An attempt is one request to a CRM or several. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8, 15, 30];
const KINDS: readonly EntryKind[] = ["call", "message"];
const AIMS: readonly LogAttempted["aim"][] = ["create", "update", "look"];
/** A first failure is one of these: from the start they are there to be compared with. */
const USUAL_OUTCOMES: readonly LogAttempted["state"][] = ["written", "pending", "uncertain", "refused"];

export function countLookUps(registry: Registry): (lookedUp: NumberLookedUp) => void {
  const lookUps = new Counter({
    name: "trunkline_lookups_total",
    help: "Look-ups of numbers, by outcome (found, nobody, extension, unknown: the CRM could not say) and by who answered.",
    labelNames: ["outcome", "source"],
    registers: [registry],
  });
  for (const outcome of ["found", "nobody", "unknown"]) lookUps.inc({ outcome, source: "crm" }, 0);
  for (const outcome of ["found", "nobody", "extension"]) lookUps.inc({ outcome, source: "index" }, 0);

  return ({ outcome, contacts, from }) => {
    const matched = contacts.length > 0 ? "found" : "nobody";
    lookUps.inc({ outcome: outcome === "known" ? matched : outcome, source: from === "CRM" ? "crm" : "index" });
  };
}

export function countAccepted(registry: Registry): (accepted: LogAccepted) => void {
  const logs = new Counter({
    name: "trunkline_logs_accepted_total",
    help: "Logs that were made durable, new ones and changes of those that are known, by kind.",
    labelNames: ["kind", "change"],
    registers: [registry],
  });
  for (const kind of KINDS) for (const change of ["new", "changed"]) logs.inc({ kind, change }, 0);

  return ({ kind, version }) => logs.inc({ kind, change: version === 1 ? "new" : "changed" });
}

export function countAttempts(registry: Registry): (attempted: LogAttempted) => void {
  const registers = [registry];
  const attempts = new Counter({
    name: "trunkline_log_attempts_total",
    help: "Attempts to get a log into a CRM, by kind, aim and the state in which they left it; pending means that something is still owed.",
    labelNames: ["kind", "aim", "outcome"],
    registers,
  });
  const seconds = new Histogram({
    name: "trunkline_log_attempt_duration_seconds",
    help: "Time that attempts to get a log into a CRM took, by kind and aim.",
    labelNames: ["kind", "aim"],
    buckets: BUCKETS,
    registers,
  });
  for (const kind of KINDS)
    for (const aim of AIMS) for (const outcome of USUAL_OUTCOMES) attempts.inc({ kind, aim, outcome }, 0);

  return ({ kind, aim, state: outcome, milliseconds }) => {
    attempts.inc({ kind, aim, outcome });
    seconds.observe({ kind, aim }, milliseconds / 1_000);
  };
}
