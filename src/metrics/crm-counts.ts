/** Counts what CRMs were asked and how they answered, by connector and operation. */

import { Counter, Histogram, type Registry } from "prom-client";
import type { CrmAsked } from "../core/observations.ts";
import { boundedLabel } from "./bounded-label.ts";

/** Seconds. A CRM that has not begun to answer after 6.5 is given up, one that has not ended after 20 as well. */
const BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 6.5, 10, 20];
/** A connector has a few dozen operations. Paths that escape the pattern of ids must not become a series each. */
const OPERATIONS_OF_A_CONNECTOR = 50;
const CONNECTORS = 50;
const OUTCOMES = 50;

export function countCrmRequests(registry: Registry): (asked: CrmAsked) => void {
  const registers = [registry];
  const requests = new Counter({
    name: "trunkline_crm_requests_total",
    help: "Requests to CRMs, by connector, operation and outcome: the HTTP status, or why there was none.",
    labelNames: ["connector", "operation", "outcome"],
    registers,
  });
  const seconds = new Histogram({
    name: "trunkline_crm_request_duration_seconds",
    help: "Time that requests to CRMs took, by connector and operation.",
    labelNames: ["connector", "operation"],
    buckets: BUCKETS,
    registers,
  });
  const connectors = boundedLabel(CONNECTORS);
  const outcomes = boundedLabel(OUTCOMES);
  const operationsOf = new Map<string, (operation: string) => string>();

  return (asked) => {
    const connector = connectors(asked.platform);
    const operations = operationsOf.get(connector) ?? boundedLabel(OPERATIONS_OF_A_CONNECTOR);
    operationsOf.set(connector, operations);
    const operation = operations(asked.operation);
    requests.inc({ connector, operation, outcome: outcomes(String(asked.outcome)) });
    seconds.observe({ connector, operation }, asked.milliseconds / 1_000);
  };
}
