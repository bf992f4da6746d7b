/** What each user's CRM still allows, as its own answers say: background work stops before people on the phone feel it. */

import type { CrmBudget } from "../sdk/crm-http.ts";

/** This part of a budget is left to people who are waiting. */
const KEPT_FOR_PEOPLE = 0.25;
/** A budget that is renewed much later, such as a day's, slows background work down but does not stop it. */
const LONGEST_PAUSE_MS = 30_000;
const USERS_KEPT = 10_000;

export interface CrmBudgets {
  learn(userId: string, budget: CrmBudget): void;
  /** Users whose budget is too low for background work now. */
  exhausted(): string[];
}

export function createCrmBudgets(): CrmBudgets {
  const low = new Map<string, number>();
  return {
    learn(userId, { remaining, limit, resetsAt }) {
      if (remaining > limit * KEPT_FOR_PEOPLE) {
        low.delete(userId);
      } else {
        if (low.size >= USERS_KEPT) low.clear();
        low.set(userId, Math.min(resetsAt, Date.now() + LONGEST_PAUSE_MS));
      }
    },
    exhausted() {
      const now = Date.now();
      for (const [userId, resetsAt] of low) if (resetsAt <= now) low.delete(userId);
      return [...low.keys()];
    },
  };
}
