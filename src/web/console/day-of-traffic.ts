/** The last day's requests to each CRM: how many, how they ended, and how long they took. */

import type { CrmTrafficStore, TrafficCount } from "../../store/crm-traffic.ts";
import type { CrmNames } from "./crm-names.ts";
import { percentileOf } from "./percentiles.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Points of a curve. */
const STEP_MS = 30 * 60 * 1000;
const ROWS = 20_000;
const OPERATIONS_SHOWN = 15;

export type Ending = "answered" | "refused" | "slowed down" | "failed";

interface Figures {
  requests: number;
  endings: Record<Ending, number>;
  p50: number | undefined;
  p95: number | undefined;
}

export interface PlatformTraffic extends Figures {
  platform: string;
  crm: string;
  points: (Figures & { at: number })[];
  /** The most frequent first. */
  operations: (Figures & { operation: string })[];
}

type Counted = Pick<TrafficCount, "outcome" | "withinMs" | "requests">;

export async function dayOfTraffic(traffic: CrmTrafficStore, names: CrmNames, now: number): Promise<PlatformTraffic[]> {
  const since = now - DAY_MS;
  const bySpan = await traffic.bySpan(since, ROWS);
  const byOperation = await traffic.byOperation(since, ROWS);
  const platforms = [...new Set(bySpan.map(({ platform }) => platform))].toSorted();
  return platforms.map((platform) => {
    const ofPlatform = bySpan.filter((count) => count.platform === platform);
    const points = grouped(ofPlatform, ({ span }) => span - (span % STEP_MS));
    const operations = grouped(
      byOperation.filter((count) => count.platform === platform),
      ({ operation }) => operation,
    );
    return {
      platform,
      crm: names.nameOf(platform),
      ...figuresOf(ofPlatform),
      points: [...points]
        .map(([at, counts]) => ({ at, ...figuresOf(counts) }))
        .toSorted((one, other) => one.at - other.at),
      operations: [...operations]
        .map(([operation, counts]) => ({ operation, ...figuresOf(counts) }))
        .toSorted((one, other) => other.requests - one.requests)
        .slice(0, OPERATIONS_SHOWN),
    };
  });
}

function grouped<Count, Key>(counts: readonly Count[], keyOf: (count: Count) => Key): Map<Key, Count[]> {
  const groups = new Map<Key, Count[]>();
  for (const count of counts) {
    const group = groups.get(keyOf(count));
    if (group === undefined) groups.set(keyOf(count), [count]);
    else group.push(count);
  }
  return groups;
}

function figuresOf(counts: readonly Counted[]): Figures {
  const endings = { answered: 0, refused: 0, "slowed down": 0, failed: 0 };
  for (const { outcome, requests } of counts) endings[endingOf(outcome)] += requests;
  return {
    requests: counts.reduce((sum, { requests }) => sum + requests, 0),
    endings,
    p50: percentileOf(counts, 0.5),
    p95: percentileOf(counts, 0.95),
  };
}

function endingOf(outcome: string): Ending {
  const status = Number(outcome);
  if (status === 429) return "slowed down";
  if (status >= 400 && status < 500) return "refused";
  return status >= 200 && status < 400 ? "answered" : "failed";
}
