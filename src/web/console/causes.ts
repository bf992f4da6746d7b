/** Why logs are not where they should be: one cause for many failures, in plain words, with what to do about it. */

import type { OpenState } from "../../store/log-entry-figures.ts";

export type Cause =
  "login" | "needs you" | "refused" | "no connector" | "forbidden" | "unreachable" | "rate limit" | "inside";

export interface Issue {
  cause: Cause;
  sentence: string;
  next: string;
  /** Epoch milliseconds. */
  since: number;
  /** When it will be over, where that is known. */
  until: number | undefined;
  /** What was said at the last failure. */
  said: string | undefined;
  /** Logs that are held up by it. */
  entries: number;
  /** Where these stand in the ledger. */
  list: "waiting" | "uncertain" | "refused" | undefined;
}

const BY_CODE: Readonly<Record<string, Cause>> = {
  "crm-session-ended": "login",
  "not-connected": "login",
  "crm-refused-login": "login",
  "unknown-platform": "no connector",
  "crm-forbids": "forbidden",
  "crm-unreachable": "unreachable",
  "crm-unavailable": "unreachable",
  "crm-answer-lost": "unreachable",
  "crm-answer-malformed": "unreachable",
  "crm-rate-limited": "rate limit",
  unforeseen: "inside",
};

/** Undefined for a failure that is about one record, or for none. */
export function causeOf(code: string | undefined): Cause | undefined {
  return code === undefined ? undefined : BY_CODE[code];
}

/** Undefined for what is on its way as it should be. */
export function causeOfEntry(state: OpenState, code: string | undefined, isAtRest: boolean): Cause | undefined {
  if (state === "refused") return "refused";
  return state === "uncertain" && isAtRest ? "needs you" : causeOf(code);
}

/** The person's own work comes first, what passes by itself last. */
const URGENCY: readonly Cause[] = [
  "needs you",
  "refused",
  "login",
  "no connector",
  "forbidden",
  "inside",
  "unreachable",
  "rate limit",
];

export function byUrgency(one: Issue, other: Issue): number {
  return URGENCY.indexOf(one.cause) - URGENCY.indexOf(other.cause) || one.since - other.since;
}

export interface Affected {
  crm: string;
  /** The list of the ledger in which most of the entries stand. */
  list: Issue["list"];
  /** The user's name where it is about one. */
  who: string | undefined;
  users: number;
  entries: number;
  since: number;
  until: number | undefined;
  said: string | undefined;
}

export function issueOf(cause: Cause, affected: Affected): Issue {
  const { sentence, next } = WORDS[cause](affected);
  const { entries, list, since, until, said } = affected;
  return { cause, sentence, next, since, until, said, entries, list };
}

/** Where most of these entries are listed; undefined where there are none. */
export function listOf(groups: readonly { state: OpenState; entries: number }[]): Issue["list"] {
  const most = groups.toSorted((one, other) => other.entries - one.entries)[0];
  if (most === undefined || most.entries === 0) return undefined;
  return most.state === "uncertain" || most.state === "refused" ? most.state : "waiting";
}

const WORDS: Readonly<Record<Cause, (affected: Affected) => { sentence: string; next: string }>> = {
  login: ({ crm, who, users, entries }) => ({
    sentence: `${who === undefined ? `The login of ${counted(users, "user")}` : `${who}'s login`} at ${crm} has ended.${waiting(entries)}`,
    next: "They connect again in the extension's settings; what waits is then written by itself.",
  }),
  "needs you": ({ crm, entries }) => ({
    sentence: `${counted(entries, "log")} may be in ${crm} or not, and nobody else can find out.`,
    next: "Look for them in the CRM, then say in the ledger what you found.",
  }),
  refused: ({ crm, entries }) => ({
    sentence: `${crm} did not take ${counted(entries, "log")}.`,
    next: "Read why in the ledger, put it right in the CRM, and retry.",
  }),
  "no connector": ({ crm, entries }) => ({
    sentence: `This server has no connector for ${crm}.${waiting(entries)}`,
    next: "Start it with --connector, or set the variables that this connector needs.",
  }),
  forbidden: ({ crm, who, users }) => ({
    sentence: `${crm} does not permit ${who ?? counted(users, "user")} what Trunkline asks for.`,
    next: "Give the missing right in the CRM; nothing else is needed.",
  }),
  unreachable: ({ crm, entries }) => ({
    sentence: `${crm} does not answer as it should.${waiting(entries)}`,
    next: "It is tried again by itself, at least every five minutes. If it lasts, look at the CRM's status page.",
  }),
  "rate limit": ({ crm, entries }) => ({
    sentence: `${crm} asked us to slow down.${waiting(entries)}`,
    next: "It goes on by itself. If it comes back daily, ask for a higher limit, or find the other app that uses it up.",
  }),
  inside: ({ entries }) => ({
    sentence: `Something went wrong inside Trunkline.${waiting(entries)}`,
    next: "It is tried again by itself. The server's log says what happened; please report it.",
  }),
};

function waiting(entries: number): string {
  if (entries === 0) return "";
  return entries === 1 ? " 1 log waits for it." : ` ${entries} logs wait for it.`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
