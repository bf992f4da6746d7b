/** The report card: nobody is blamed for what they do not offer, and what cannot be played at all is said in one sentence. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { demo, demoOAuth } from "../../src/connectors/demo/index.ts";
import type { Connector } from "../../src/sdk/connector.ts";
import { checkConnector } from "../../src/testing/check-connector.ts";
import { startDemoCrmUnderTest } from "../../src/testing/demo-crm.ts";
import { playScenario } from "../../src/testing/play.ts";
import { SCENARIOS } from "../../src/testing/scenarios/all.ts";

const startDemo = () => startDemoCrmUnderTest("apiKey");

/** Nothing but what every connector must have. */
function bareConnector(): Connector {
  const { platform, displayName, variables, isConfigured, manifest, auth, apiOrigin, hosts, logFormat } = demo;
  const { getUserInfo, findContact, createCallLog, getCallLog, updateCallLog } = demo;
  const place = { platform, displayName, variables, isConfigured, manifest, auth, apiOrigin, hosts, logFormat };
  return { ...place, hostAliases: ["localhost"], getUserInfo, findContact, createCallLog, getCallLog, updateCallLog };
}

suite("the report card", { concurrency: 2 }, () => {
  test("of a connector that offers the least has no failures, but says what cannot be relied on", async () => {
    const heard: number[] = [];
    const card = await checkConnector({
      connector: bareConnector(),
      startCrm: startDemo,
      on: ({ done, total }) => {
        assert.equal(total, SCENARIOS.length);
        heard.push(done);
      },
    });
    assert.deepEqual(
      card.results.filter(({ verdict }) => verdict === "failed"),
      [],
    );
    assert.equal(card.passed + card.notOffered, SCENARIOS.length);
    assert.deepEqual(
      heard,
      SCENARIOS.map((_, place) => place + 1),
    );
    for (const name of ["findCallLog", "createMessageLog", "createContact", "findContactWithName", "unAuthorize"])
      assert.ok(
        card.limits.some((limit) => limit.includes(name)),
        name,
      );
    const lost = card.results.filter(({ reason = "" }) => reason.includes("waits for a person"));
    assert.ok(lost.length >= 3);
    assert.deepEqual(
      card.costs.find(({ operation }) => operation === "update a call"),
      {
        operation: "update a call",
        requests: 2,
        rounds: 2,
      },
    );
  });

  test("counts at least forty scenarios, each with a name of its own", () => {
    assert.ok(SCENARIOS.length >= 40);
    assert.equal(new Set(SCENARIOS.map(({ name }) => name)).size, SCENARIOS.length);
  });
});

test("a fault that no request ever met is a failure of the scenario, which names the operation", async () => {
  const startCrm = async () => {
    const crm = await startDemo();
    return { ...crm, operations: { ...crm.operations, createLog: ["POST /api/calls"] } };
  };
  const scenario = SCENARIOS.find(({ name }) => name.includes("slow down for some seconds"));
  assert.ok(scenario);
  const { result } = await playScenario({ connector: demo, startCrm }, scenario);
  assert.equal(result.verdict, "failed");
  assert.match(result.reason ?? "", /operations\.createLog/);
});

test("requests that the fake did not know fail the scenario", async () => {
  const startCrm = async () => {
    const crm = await startDemo();
    const close = async () => {
      await crm.close();
      throw new Error("GET /api/people is no endpoint of this CRM");
    };
    return { ...crm, close };
  };
  const [scenario] = SCENARIOS;
  assert.ok(scenario);
  const { result } = await playScenario({ connector: demo, startCrm }, scenario);
  assert.deepEqual([result.verdict, result.reason], ["failed", "GET /api/people is no endpoint of this CRM"]);
});

const impossible: [name: string, connector: Connector, environment: Record<string, string>, says: RegExp][] = [
  ["a variable that is not declared", demo, { DEMO_URL: "http://127.0.0.1:1" }, /DEMO_URL.*not declare/],
  ["another way of logging in", demoOAuth, { DEMO_API_URL: "http://127.0.0.1:1" }, /logs in with oauth.*offers apiKey/],
  ["a connector that is not configured", demo, {}, /isConfigured/],
];
for (const [name, connector, environment, says] of impossible) {
  test(`${name} is said once, before anything is played`, async () => {
    const startCrm = async () => ({ ...(await startDemo()), environment: () => environment });
    await assert.rejects(checkConnector({ connector, startCrm }), says);
  });
}
