/** What each user's CRM still allows, as its own answers say: background work stops before people on the phone feel it. */

import type { CrmBudget } from "../sdk/crm-http.ts";
import { type BudgetInUse, createBudgetUse } from "./budget-use.ts";

/** This part of a budget is left to people who are waiting. */
const KEPT_FOR_PEOPLE = 0.25;
/** A budget that is renewed much later, such as a day's, slows background work down but does not stop it. */
const LONGEST_PAUSE_MS = 30_000;
const USERS_KEPT = 10_000;

export interface CrmBudgets {
  learn(userId: string, budget: CrmBudget): void;
  /** Users whose budget is too low for background work now. */
  exhausted(): string[];
  /** What this process has learnt of budgets that still run, the lowest first. */
  inUse(): BudgetInUse[];
  /** Until when a user's CRM is left alone by background work; undefined where it is not. */
  pausedUntil(userId: string): number | undefined;
}

export function createCrmBudgets(): CrmBudgets {
  const low = new Map<string, number>();
  const use = createBudgetUse();
  return {
    learn(userId, budget) {
      const { remaining, limit, resetsAt } = budget;
      use.learn(userId, budget, Date.now());
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
    inUse: () => use.present(Date.now()),
    pausedUntil(userId) {
      const until = low.get(userId);
      return until === undefined || until <= Date.now() ? undefined : until;
    },
  };
}
