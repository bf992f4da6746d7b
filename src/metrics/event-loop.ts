/** Shows how late the event loop runs, and how much of the time it is at work. */

import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { Counter, Gauge, type Registry } from "prom-client";
import { setTotal } from "./total.ts";

const LOOK_EVERY_MS = 20;

export function showEventLoop(registry: Registry): { refresh(): void; close(): void } {
  const registers = [registry];
  const active = new Counter({
    name: "nodejs_eventloop_active_seconds_total",
    help: "Time in which the event loop was at work; its rate is the loop's utilization.",
    registers,
  });
  const lag = (which: string, help: string) =>
    new Gauge({
      name: `nodejs_eventloop_lag_${which}_seconds`,
      help: `${help} of the event loop since the last scrape.`,
      registers,
    });
  const [mean, median, high, most] = [
    lag("mean", "Mean lag"),
    lag("p50", "Median lag"),
    lag("p99", "99th percentile of the lag"),
    lag("max", "Longest lag"),
  ];
  const delay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  delay.enable();

  return {
    refresh() {
      setTotal(active, performance.eventLoopUtilization().active / 1_000);
      // Nothing was seen yet when somebody asks twice in a moment: then the last answer stands.
      if (delay.count === 0) return;
      // The monitor measures from one tick of its own timer to the next.
      const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - LOOK_EVERY_MS / 1_000);
      mean.set(seconds(delay.mean));
      median.set(seconds(delay.percentile(50)));
      high.set(seconds(delay.percentile(99)));
      most.set(seconds(delay.max));
      delay.reset();
    },
    close: () => delay.disable(),
  };
}
