/** How one connection is: what holds it up, each cause once, from the ledger, the trail and the CRM's own word. */

import type { ReadStep } from "../../core/trail/facts.ts";
import type { ListedConnection } from "../../store/connections.ts";
import type { OpenEntries } from "../../store/log-entry-figures.ts";
import { byUrgency, type Cause, causeOf, causeOfEntry, type Issue, issueOf, listOf } from "./causes.ts";

export interface ConnectionFacts {
  connection: ListedConnection;
  crm: string;
  /** Whether this server has a connector for it. */
  isOffered: boolean;
  /** What is open of this user. */
  open: readonly OpenEntries[];
  /** What the user did of late, the newest first. */
  steps: readonly ReadStep[];
  /** Until when the CRM asked us to leave it alone. */
  pausedUntil: number | undefined;
  now: number;
}

export interface ConnectionHealth {
  state: "well" | "held up" | "logged out";
  issues: Issue[];
  lastSuccessAt: number | undefined;
  waiting: number;
  uncertain: number;
  refused: number;
}

interface Trouble {
  since: number;
  said: string | undefined;
  of: readonly OpenEntries[];
}

export function healthOf(facts: ConnectionFacts): ConnectionHealth {
  const { connection, crm, isOffered, open, steps, pausedUntil, now } = facts;
  const troubles = new Map<Cause, Trouble>();
  const add = (cause: Cause, since: number, said?: string, of: readonly OpenEntries[] = []) => {
    const known = troubles.get(cause) ?? { since, said: undefined, of: [] };
    const oldest = Math.min(known.since, since);
    troubles.set(cause, { since: oldest, said: said ?? known.said, of: [...known.of, ...of] });
  };

  for (const group of open) {
    const { state, lastErrorCode, lastError, isAtRest, owedSince } = group;
    const cause = connection.connected ? causeOfEntry(state, lastErrorCode, isAtRest) : causeWithoutLogin(group);
    if (cause !== undefined) add(cause, owedSince, lastError, [group]);
  }
  // What failed before the login ended is over with it.
  const failing = connection.connected ? presentFailure(steps) : undefined;
  if (failing !== undefined) add(failing.cause, failing.since, failing.said);
  if (pausedUntil !== undefined && connection.connected) add("rate limit", now);
  if (!isOffered && connection.connected) add("no connector", now);

  const issues = [...troubles].map(([cause, { since, said, of }]) => {
    const until = cause === "rate limit" ? pausedUntil : undefined;
    const entries = of.reduce((sum, group) => sum + group.entries, 0);
    return issueOf(cause, { crm, list: listOf(of), who: connection.name, users: 1, entries, since, until, said });
  });
  const count = (...states: OpenEntries["state"][]) =>
    open.reduce((sum, { state, entries }) => (states.includes(state) ? sum + entries : sum), 0);
  return {
    state: issues.length > 0 ? "held up" : connection.connected ? "well" : "logged out",
    issues: issues.toSorted(byUrgency),
    lastSuccessAt: steps.find(isSuccess)?.at,
    waiting: count("pending", "sending"),
    uncertain: count("uncertain"),
    refused: count("refused"),
  };
}

/** Whatever it failed for before: without a login nothing can be written. */
function causeWithoutLogin({ state, lastErrorCode, isAtRest }: OpenEntries): Cause | undefined {
  const cause = causeOfEntry(state, lastErrorCode, isAtRest);
  return cause === "refused" || cause === "needs you" ? cause : "login";
}

function isSuccess(step: ReadStep): boolean {
  if (step.what === "number looked up") return step.facts.from === "CRM" && step.facts.outcome !== "unknown";
  return step.what === "log attempted" && step.facts.state === "written";
}

interface Failure {
  cause: Cause;
  since: number;
  said: string | undefined;
}

/** What went wrong at every request since the last success, and since when. */
function presentFailure(steps: readonly ReadStep[]): Failure | undefined {
  let failure: Failure | undefined;
  for (const step of steps) {
    if (isSuccess(step)) break;
    if (step.what === "log accepted") continue;
    const cause = causeOf(step.facts.code);
    if (cause === undefined) continue;
    if (failure !== undefined && failure.cause !== cause) break;
    failure = { cause, since: step.at, said: failure?.said ?? step.facts.reason };
  }
  return failure;
}
