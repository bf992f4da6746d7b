/** Labels stay few and say nothing of anybody, whatever comes from outside. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { crmOperation } from "../../src/core/crm-operation.ts";
import { createObservations } from "../../src/core/observations.ts";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { readExposition } from "./exposition.ts";

const OPERATIONS: readonly [path: string, operation: string][] = [
  ["/api/activities/4711", "GET /api/activities/:id"],
  ["/api/v4/communications/4711.json", "GET /api/v4/communications/:id.json"],
  ["/api/v4/users/who_am_i.json", "GET /api/v4/users/who_am_i.json"],
  ["/services/data/v59.0/sobjects/Task/00T5g00000ABCDE", "GET /services/data/v59.0/sobjects/Task/:id"],
  ["/crm/v3/objects/contacts/6f1d5b1e-3f6c-4b7e-9d0a-1c2d3e4f5a6b/", "GET /crm/v3/objects/contacts/:id/"],
  ["/oauth2/token", "GET /oauth2/token"],
  ["/contacts/luke%40rebels.example", "GET /contacts/:id"],
  ["/phones/+16505551212", "GET /phones/:id"],
  ["/files/fax-from-luke.pdf", "GET /files/:id"],
  ["/", "GET /"],
  ["/a/b/c/d/e/f/g/h/i/j", "GET /a/b/c/d/e/f/g/h/…"],
];

for (const [path, operation] of OPERATIONS) {
  test(`${path} is the operation ${operation}`, () => assert.equal(crmOperation("GET", path), operation));
}

test("an operation never holds a number, a mail address or anything long", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 60 })), (segments) => {
      const operation = crmOperation("GET", `/${segments.map(encodeURIComponent).join("/")}`);
      for (const segment of operation.split("/").slice(1)) {
        assert.match(segment, /^(?::id|[a-z][a-z_-]*|v\d{1,3}(?:\.\d{1,2})?|oauth2)?(?:\.\w+)?$|^…$/i);
        assert.ok(segment.length <= 40);
      }
    }),
  );
});

test("ten thousand operations, outcomes, routes and methods make a few series; the rest is counted as other", async (t) => {
  const observations = createObservations();
  const metrics = createMetrics({
    version: "0",
    observations,
    database: {
      owed: () => Promise.resolve([]),
      connectedUsers: () => Promise.resolve([]),
      pool: () => undefined,
      onFailure: (thrown) => assert.fail(String(thrown)),
    },
  });
  t.after(() => metrics.close());
  const times = 10_000;
  for (let at = 0; at < times; at += 1) {
    const asked = { userId: undefined, method: "GET", path: "/", at, milliseconds: 1 } as const;
    observations.report({ what: "CRM asked", ...asked, platform: "demo", operation: `GET /${at}`, outcome: at });
    const answered = { method: `M${at}`, route: `/${at}`, status: at, milliseconds: 1 };
    observations.report({ what: "request answered", at, ...answered });
  }
  const { samples, value } = readExposition(await metrics.read());
  assert.equal(value("trunkline_crm_requests_total"), times);
  assert.equal(value("trunkline_http_requests_total"), times);
  assert.ok((value("trunkline_crm_requests_total", { operation: "other" }) ?? 0) > times / 2);
  assert.ok((value("trunkline_http_requests_total", { route: "other" }) ?? 0) > times / 2);
  assert.ok(samples.length < 10_000, `${samples.length} samples`);
});
