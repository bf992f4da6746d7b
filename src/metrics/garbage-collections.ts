/** Counts garbage collections and the time they take. prom-client's own observer cannot be stopped, and sees one of several at once. */

import { constants, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { Histogram, type Registry } from "prom-client";

const BUCKETS = [0.001, 0.01, 0.1, 1, 2, 5];
const KINDS: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: "major",
  [constants.NODE_PERFORMANCE_GC_MINOR]: "minor",
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: "incremental",
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: "weakcb",
};

export function countGarbageCollections(registry: Registry): { close(): void } {
  const seconds = new Histogram({
    name: "nodejs_gc_duration_seconds",
    help: "Time that garbage collections took, by kind.",
    labelNames: ["kind"],
    buckets: BUCKETS,
    registers: [registry],
  });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seconds.observe({ kind: kindOf(entry) }, entry.duration / 1_000);
  });
  observer.observe({ entryTypes: ["gc"] });
  return { close: () => observer.disconnect() };
}

function kindOf(entry: PerformanceEntry): string {
  const detail: unknown = Reflect.get(entry, "detail");
  const kind: unknown = typeof detail === "object" && detail !== null ? Reflect.get(detail, "kind") : undefined;
  return (typeof kind === "number" && KINDS[kind]) || "other";
}
