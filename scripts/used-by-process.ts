/** How much of the machine another process uses. */

import { readFileSync } from "node:fs";

/** Clock ticks of /proc/<pid>/stat, which Linux fixes at 100 a second. */
const MS_PER_TICK = 10;

/** Milliseconds so far, those in the kernel included; 0 where nobody can tell. */
export function processorMsOf(processId: number | undefined): number {
  try {
    const [, afterName = ""] = readFileSync(`/proc/${processId}/stat`, "utf8").split(") ", 2);
    const fields = afterName.split(" ");
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return 0;
  }
}

/** Resident memory in MiB, of a process that runs. */
export function residentMibOf(processId: number | undefined): number {
  const status = readFileSync(`/proc/${processId}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
