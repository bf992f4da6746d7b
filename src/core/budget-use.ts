/** How fast each user's CRM budget is used up, learnt from the CRM's own answers: whoever else spends it is counted as well. */

import type { CrmBudget } from "../sdk/crm-http.ts";

const HOUR_MS = 60 * 60 * 1000;
const SLOTS = 12;
const SLOT_MS = HOUR_MS / SLOTS;
const USERS_KEPT = 10_000;

/** What one user's CRM has said of late, to this process. */
export interface BudgetInUse {
  userId: string;
  remaining: number;
  limit: number;
  /** Epoch milliseconds, as all of these. */
  resetsAt: number;
  learntAt: number;
  /** Of the last hour, or of the time for which we have known it. */
  usedPerHour: number;
  /** When it is used up at this rate; undefined where it is renewed before that. */
  usedUpAt: number | undefined;
}

export interface BudgetUse {
  learn(userId: string, budget: CrmBudget, now: number): void;
  /** The lowest first; what has been renewed since is left out. */
  present(now: number): BudgetInUse[];
}

interface KnownBudget {
  budget: CrmBudget;
  knownSince: number;
  learntAt: number;
  /** Used in each of the slots of the last hour, by the number of the slot. */
  used: Map<number, number>;
}

export function createBudgetUse(): BudgetUse {
  const records = new Map<string, KnownBudget>();
  return {
    learn(userId, budget, now) {
      // A bare 429 announces a wait and no budget.
      if (budget.limit <= 1) return;
      const record = records.get(userId) ?? { budget, knownSince: now, learntAt: now, used: new Map() };
      const isRenewed = now >= record.budget.resetsAt || budget.remaining > record.budget.remaining;
      const spent = (isRenewed ? budget.limit : record.budget.remaining) - budget.remaining;
      const slot = Math.floor(now / SLOT_MS);
      record.used.set(slot, (record.used.get(slot) ?? 0) + Math.max(0, spent));
      for (const other of record.used.keys()) if (other <= slot - SLOTS) record.used.delete(other);
      if (records.size >= USERS_KEPT && !records.has(userId)) records.clear();
      records.set(userId, { ...record, budget, learntAt: now });
    },
    present: (now) =>
      [...records]
        .filter(([, { budget }]) => budget.resetsAt > now)
        .map(([userId, record]) => inUse(userId, record, now))
        .toSorted((one, other) => one.remaining / one.limit - other.remaining / other.limit),
  };
}

function inUse(userId: string, { budget, knownSince, learntAt, used }: KnownBudget, now: number): BudgetInUse {
  const oldest = Math.floor(now / SLOT_MS) - SLOTS;
  const spent = [...used].reduce((sum, [slot, count]) => (slot > oldest ? sum + count : sum), 0);
  const observedMs = Math.min(HOUR_MS, Math.max(SLOT_MS, now - knownSince));
  const perMs = spent / observedMs;
  const usedUpAt = perMs === 0 ? Infinity : now + budget.remaining / perMs;
  return {
    userId,
    ...budget,
    learntAt,
    usedPerHour: Math.round(perMs * HOUR_MS),
    usedUpAt: usedUpAt < budget.resetsAt ? Math.round(usedUpAt) : undefined,
  };
}
