/** Goes through all checks of a foreign server, one after the other, and writes down what came of each. */

import { ABOUT_CHECKS, ALIVE } from "./about.ts";
import { CALL_CHECKS } from "./calls.ts";
import { type Chapter, type Check, type Given, type Learnt, Unmet, type Visit } from "./check.ts";
import { CONTACT_CHECKS } from "./contacts.ts";
import { CORS_CHECKS } from "./cors.ts";
import { askingServer, Unanswered } from "./http.ts";
import { MANIFEST_CHECKS } from "./manifest.ts";
import { platformOf } from "./platform.ts";
import { SESSION_CHECKS } from "./session.ts";
import { STRANGER_CHECKS } from "./strangers.ts";
import { CONTACT_WRITING_CHECKS } from "./writing-contacts.ts";
import { LOG_WRITING_CHECKS } from "./writing-logs.ts";

/** In this order: later checks build on what earlier ones found out. */
const CHECKS: readonly Check[] = [
  ALIVE,
  ...MANIFEST_CHECKS,
  ...ABOUT_CHECKS,
  ...CORS_CHECKS,
  ...STRANGER_CHECKS,
  ...SESSION_CHECKS,
  ...CONTACT_CHECKS,
  ...CALL_CHECKS,
  ...CONTACT_WRITING_CHECKS,
  ...LOG_WRITING_CHECKS,
];

/** A server that hangs would cost its patience again and again. */
const SLOW_ANSWERS_BORNE = 3;

export type Verdict = "passed" | "failed" | "warning" | "skipped";

export interface CheckResult {
  id: string;
  chapter: Chapter;
  expects: string;
  why: string;
  verdict: Verdict;
  /** What the server did instead, or why it was not looked at; undefined where all is as it must be. */
  came: string | undefined;
}

export interface Report {
  url: string;
  /** Empty where none is known. */
  platform: string;
  write: boolean;
  results: readonly CheckResult[];
}

export interface VisitOptions {
  url: string;
  given: Given;
  patienceMs: number;
  on?(progress: { done: number; total: number }): void;
}

export async function visitServer({ given, on, patienceMs, url }: VisitOptions): Promise<Report> {
  const learnt: Learnt = { token: given.token };
  const secrets = () => [given.apiKey ?? "", learnt.token ?? ""].filter((secret) => secret !== "");
  const visit: Visit = { url, given, learnt, ask: askingServer({ url, patienceMs, secrets }) };
  const results: CheckResult[] = [];
  let slow = 0;
  let stopped: string | undefined;
  for (const check of CHECKS) {
    const { came, verdict, wasSlow } = await resultOf(check, visit, stopped);
    if (verdict !== "skipped") slow = wasSlow ? slow + 1 : 0;
    if (check === ALIVE && verdict === "failed" && wasSlow !== undefined) stopped = "the server cannot be reached";
    if (slow >= SLOW_ANSWERS_BORNE) stopped = "the server has stopped answering";
    const { chapter, expects, id, why } = check;
    results.push({ id, chapter, expects, why, verdict, came });
    on?.({ done: results.length, total: CHECKS.length });
  }
  return { url, platform: platformOf(visit), write: given.write, results };
}

interface Result {
  verdict: Verdict;
  came: string | undefined;
  /** Undefined where there was an answer. */
  wasSlow?: boolean;
}

async function resultOf(check: Check, visit: Visit, stopped: string | undefined): Promise<Result> {
  const reason = stopped ?? check.skip?.(visit);
  if (reason !== undefined) return { verdict: "skipped", came: reason };
  try {
    await check.run(visit);
    return { verdict: "passed", came: undefined };
  } catch (thrown) {
    if (thrown instanceof Unmet) return { verdict: thrown.verdict, came: thrown.message };
    if (thrown instanceof Unanswered) return { verdict: "failed", came: thrown.message, wasSlow: thrown.wasSlow };
    throw thrown;
  }
}
