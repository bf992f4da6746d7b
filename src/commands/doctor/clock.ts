/** Whether this machine's clock is right, by what others say. */

import { type Finding, findingsOf } from "./finding.ts";

export interface ClockReading {
  whose: string;
  /** Both in epoch milliseconds, of the same moment. */
  theirs: number;
  ours: number;
}

/** From here on tokens are taken for expired that are not, or the other way round. */
const WARN_FROM_MS = 30_000;

/** Of many hosts one may be wrong: the middle one counts. */
export function checkClock(database: ClockReading | undefined, hosts: readonly ClockReading[], list: Finding[]): void {
  const findings = findingsOf("clock", list);
  const sorted = hosts.toSorted((one, other) => aheadBy(one) - aheadBy(other));
  const middle = sorted[Math.floor(sorted.length / 2)];
  const readings = [middle, database].filter((reading) => reading !== undefined);
  if (readings.length === 0) {
    findings.skip({ about: "clock", found: "Nobody told us the time: no host was reached." });
  }
  for (const reading of readings) {
    const ahead = aheadBy(reading);
    const seconds = Math.round(Math.abs(ahead) / 1000);
    const way = ahead > 0 ? "ahead of" : "behind";
    const found = seconds < 2 ? `agrees with ${reading.whose}` : `${seconds} s ${way} ${reading.whose}`;
    if (Math.abs(ahead) < WARN_FROM_MS) findings.ok({ about: "clock", found });
    else {
      const remedy = "Let this machine set its clock by NTP: tokens and waiting times are judged by it.";
      findings.warn({ about: "clock", found, remedy });
    }
  }
}

function aheadBy({ ours, theirs }: ClockReading): number {
  return ours - theirs;
}
