/** The last day in figures, for the console's pictures: logs by the hour, the CRMs' latency, and the budgets they leave. */

import type { Operating } from "../../core/operating.ts";
import type { App } from "../../http/app.ts";
import type { CrmNames } from "./crm-names.ts";
import type { DayOfLogs } from "./day-of-logs.ts";
import { dayOfTraffic } from "./day-of-traffic.ts";

const BUDGETS_SHOWN = 10;
/** A day's figures are a long reading: pages that look often, and several that look at once, share one. */
const KEEP_MS = 10_000;

export function dayRoutes(
  app: App,
  { operating, names, dayOfLogs }: { operating: Operating; names: CrmNames; dayOfLogs: DayOfLogs },
): void {
  const { budgets, connections, traffic } = operating;
  let kept: { readAt: number; day: ReturnType<typeof read> } | undefined;

  async function read(now: number) {
    return {
      now,
      logs: await dayOfLogs.read(now),
      traffic: await dayOfTraffic(traffic, names, now),
      budgets: await lowestBudgets(),
    };
  }

  async function lowestBudgets() {
    const inUse = budgets.inUse();
    const lowest = inUse.slice(0, BUDGETS_SHOWN);
    const users = await connections.withIds(lowest.map(({ userId }) => userId));
    return {
      known: inUse.length,
      lowest: lowest.map(({ userId, ...budget }) => {
        const user = users.find(({ id }) => id === userId);
        return { who: user?.name ?? "", crm: names.nameOf(user?.platform ?? ""), ...budget };
      }),
    };
  }

  app.get("/console/api/day", async () => {
    const now = Date.now();
    if (kept === undefined || kept.readAt + KEEP_MS < now) {
      kept = { readAt: now, day: read(now) };
      kept.day.catch(() => {
        kept = undefined;
      });
    }
    return kept.day;
  });
}
