/** Knows which users' CRM was away, so that all that waits for it is tried at once when the first attempt succeeds. */

import type { ErrorCode } from "../../sdk/errors.ts";
import type { LogEntryStore } from "../../store/log-entries.ts";
import type { LogAttempted } from "../observations.ts";

/** What one success shows to be over. What the CRM asked us to hold back stays held back. */
const MEANS_AWAY: readonly ErrorCode[] = [
  "crm-unavailable",
  "crm-unreachable",
  "crm-answer-lost",
  "crm-answer-malformed",
  "crm-rate-limited",
];
/** After a restart nobody remembers an outage: an entry that failed before stands for one, but not each of thousands. */
const WAKE_AGAIN_AFTER_MS = 30_000;
const USERS_KEPT = 10_000;

export interface Outages {
  /** To be told of every attempt. */
  learn(attempt: LogAttempted): Promise<void>;
}

export function createOutages({ entries }: { entries: Pick<LogEntryStore, "wake"> }): Outages {
  const away = new Set<string>();
  const wokenAt = new Map<string, number>();
  return {
    async learn({ userId, state, attempt, code, at }) {
      if (MEANS_AWAY.some((meaning) => meaning === code)) {
        if (away.size >= USERS_KEPT) away.clear();
        away.add(userId);
        return;
      }
      const failedBefore = attempt > 1 && (wokenAt.get(userId) ?? 0) + WAKE_AGAIN_AFTER_MS < at;
      if (state !== "written" || (!away.delete(userId) && !failedBefore)) return;
      if (wokenAt.size >= USERS_KEPT) wokenAt.clear();
      wokenAt.set(userId, at);
      await entries.wake(userId, MEANS_AWAY);
    },
  };
}
