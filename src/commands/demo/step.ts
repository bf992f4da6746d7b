/** One step of the story: what is sent, what later steps take from the answer, and what must be true afterwards. */

import { at, listAt } from "./answer-parts.ts";
import { type Check } from "./check.ts";
import type { Answer, Door, Request } from "./exchange.ts";

export interface Step {
  title: string;
  /** Trunkline is asked unless told. */
  asks?: "the Demo CRM";
  request(known: Known): Request;
  learns?(answer: Answer): Partial<Known>;
  /** How the answer is shown, where its JSON would not be readable. */
  shows?(answer: Answer): string;
  checks(scene: Scene): Check[] | Promise<Check[]>;
}

/** What later steps need of earlier answers; "" until it is known. */
export interface Known {
  token: string;
  lukeId: string;
  dealId: string;
  newContactId: string;
  callLogId: string;
  /** What stands in the call's log. */
  callText: string;
  /** When the story is told, in epoch milliseconds: a call that is logged twice began once. */
  now: number;
}

export function knownAtFirst(now: number): Known {
  return { token: "", lukeId: "", dealId: "", newContactId: "", callLogId: "", callText: "", now };
}

export interface Scene {
  answer: Answer;
  known: Known;
  /** The Demo CRM itself, to see what really stands there. */
  crm: Door;
}

/** The activities of one type, or all, that stand in the Demo CRM, whoever they belong to; oldest first. */
export async function activitiesIn(crm: Door, type?: string): Promise<unknown[]> {
  const { body } = await crm.send({ method: "GET", path: "/api/activities?limit=1000" });
  return listAt(body, "items").filter((activity) => type === undefined || at(activity, "type") === type);
}
