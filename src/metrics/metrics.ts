/** The figures for Prometheus: what happened since the start, how things stand at this moment, and how the process is. */

import { Gauge, Registry } from "prom-client";
import type { Observation, Observations } from "../core/observations.ts";
import { countCrmRequests } from "./crm-counts.ts";
import { type DatabaseSource, showDatabase } from "./database-gauges.ts";
import { showEventLoop } from "./event-loop.ts";
import { countGarbageCollections } from "./garbage-collections.ts";
import { countAccepted, countAttempts, countLookUps } from "./log-counts.ts";
import { showProcess } from "./process-figures.ts";
import { countRequests } from "./request-counts.ts";

export interface Metrics {
  contentType: string;
  /** In the text format of Prometheus. Never fails because the database does not answer. */
  read(): Promise<string>;
  close(): void;
}

export interface MetricsDependencies {
  version: string;
  observations: Observations;
  database: DatabaseSource;
}

/** Counts from now on. No label names a person, a number, a tenant or a record, and none takes more than a few values. */
export function createMetrics({ version, observations, database }: MetricsDependencies): Metrics {
  const registry = new Registry();
  showBuild(registry, version);
  const stopFollowing = observations.follow(counter(registry));
  const readDatabase = showDatabase(registry, database);
  const readProcess = showProcess(registry);
  const eventLoop = showEventLoop(registry);
  const collections = countGarbageCollections(registry);

  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    async read() {
      await Promise.all([readDatabase(), readProcess()]);
      eventLoop.refresh();
      return registry.metrics();
    },
    close() {
      stopFollowing();
      eventLoop.close();
      collections.close();
    },
  };
}

function showBuild(registry: Registry, version: string): void {
  const build = new Gauge({
    name: "trunkline_build_info",
    help: "Always 1: which Trunkline this is, and on which Node.js.",
    labelNames: ["version", "node"],
    registers: [registry],
  });
  build.set({ version, node: process.versions.node }, 1);
}

function counter(registry: Registry): (observation: Observation) => void {
  const request = countRequests(registry);
  const crmRequest = countCrmRequests(registry);
  const lookUp = countLookUps(registry);
  const accepted = countAccepted(registry);
  const attempted = countAttempts(registry);
  return (observation) => {
    switch (observation.what) {
      case "request answered":
        return request(observation);
      case "CRM asked":
        return crmRequest(observation);
      case "number looked up":
        return lookUp(observation);
      case "log accepted":
        return accepted(observation);
      case "log attempted":
        return attempted(observation);
    }
  };
}
