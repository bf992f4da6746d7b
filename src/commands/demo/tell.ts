/** Plays the steps one after another and keeps what was wrong. */

import type { Answer, Door } from "./exchange.ts";
import type { Check } from "./check.ts";
import type { Screen } from "./screen.ts";
import type { Known, Step } from "./step.ts";

export interface Told {
  steps: number;
  checks: number;
  wrong: { step: number; title: string; check: Check }[];
}

export interface Teller {
  trunkline: Door;
  crm: Door;
  screen: Screen;
  /** Grows with every answer. */
  known: Known;
  signal: AbortSignal;
}

/** A step that goes wrong does not end the story: what comes later may still be right, and its failures say more. */
export async function tell(story: readonly Step[], teller: Teller): Promise<Told> {
  const told: Told = { steps: 0, checks: 0, wrong: [] };
  for (const step of story) {
    if (teller.signal.aborted) break;
    told.steps += 1;
    teller.screen.title(told.steps, step.title);
    const checks = await play(step, teller).catch((thrown: unknown): Check[] => [notAnswered(thrown)]);
    if (teller.signal.aborted) break;
    for (const check of checks) {
      told.checks += 1;
      teller.screen.check(check);
      if (check.problem !== undefined) told.wrong.push({ step: told.steps, title: step.title, check });
    }
  }
  return told;
}

async function play(step: Step, { trunkline, crm, screen, known }: Teller): Promise<Check[]> {
  const request = step.request(known);
  screen.request(request, step.asks ?? "Trunkline");
  const answer = await (step.asks === undefined ? trunkline : crm).send(request);
  Object.assign(known, step.learns?.(answer));
  screen.answer(shortened(answer, known.token), step.shows?.(answer));
  return step.checks({ answer, known, crm });
}

/** A session's token is long, and nobody's business. */
function shortened({ status, body }: Answer, token: string): Answer {
  if (token === "") return { status, body };
  const text = JSON.stringify(body).replaceAll(token, "<token>");
  const shown: unknown = JSON.parse(text);
  return { status, body: shown };
}

function notAnswered(thrown: unknown): Check {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? `: ${thrown.cause.message}` : "";
  const problem = thrown instanceof Error ? `${thrown.message}${cause}` : String(thrown);
  return { claim: "the request is answered", problem };
}
