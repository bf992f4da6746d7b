/** Keeps the memory of a server small: V8 takes what it can get, and little of what a request makes outlives it. */

import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** One half of the young generation at the start of the process. */
const SEMI_SPACE_MIB = 1;
/** Larger ones, of 16 MiB at most, save 4 % of the processor's time under full load and cost 24 MiB for ever. */
const GROWN_SEMI_SPACE_MIB = 4;
/** How much the old generation may grow before it is collected; V8 itself lets a small one double and more. */
const OLD_GENERATION_GROWS_BY_PERCENT = 40;

/**
 * Before anything is loaded. V8 reads both at each collection, so that they can be set while the process runs; the size of the
 * young generation itself could only be given on Node's command line, which is not ours.
 */
export function startSmall(): void {
  letYoungGenerationGrow(1);
  setFlagsFromString(`--heap-growing-percent=${OLD_GENERATION_GROWS_BY_PERCENT}`);
}

/** When everything is loaded: what survived until now were modules, from here on it is requests. */
export function growForRequests(): void {
  letYoungGenerationGrow(GROWN_SEMI_SPACE_MIB / SEMI_SPACE_MIB);
  const observer = new PerformanceObserver(() => {
    if (youngGenerationMib() < 2 * GROWN_SEMI_SPACE_MIB) return;
    letYoungGenerationGrow(1);
    observer.disconnect();
  });
  observer.observe({ entryTypes: ["gc"] });
}

function letYoungGenerationGrow(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

function youngGenerationMib(): number {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
  return (space?.space_size ?? 0) / 1024 / 1024;
}
