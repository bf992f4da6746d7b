/** Counts what clients were answered, by route and status. */

import { Counter, Histogram, type Registry } from "prom-client";
import type { RequestAnswered } from "../core/observations.ts";
import { boundedLabel } from "./bounded-label.ts";

/** Seconds. A person waits eight at most; from the index an answer takes a few milliseconds. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8, 15, 30];
/** Far more than there are: routes are patterns, and methods and statuses are ours. */
const ROUTES = 200;
const METHODS = 10;
const STATUSES = 50;

export function countRequests(registry: Registry): (request: RequestAnswered) => void {
  const registers = [registry];
  const requests = new Counter({
    name: "trunkline_http_requests_total",
    help: "Requests answered, by method, route and status.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const seconds = new Histogram({
    name: "trunkline_http_request_duration_seconds",
    help: "Time from a request's arrival to its answer's end, by method and route.",
    labelNames: ["method", "route"],
    buckets: BUCKETS,
    registers,
  });
  const methods = boundedLabel(METHODS);
  const routes = boundedLabel(ROUTES);
  const statuses = boundedLabel(STATUSES);

  return (request) => {
    const method = methods(request.method);
    const route = routes(request.route);
    requests.inc({ method, route, status: statuses(String(request.status)) });
    seconds.observe({ method, route }, request.milliseconds / 1_000);
  };
}
