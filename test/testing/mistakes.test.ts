/** The suite finds the mistakes that authors of connectors make, and says in words what is wrong. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { demo, demoOAuth } from "../../src/connectors/demo/index.ts";
import { DEMO_OAUTH_CLIENT } from "../../src/connectors/demo/manifest.ts";
import { createSchemaCompilers } from "../../src/http/schema-compilers.ts";
import { oauth2 } from "../../src/sdk/auth.ts";
import type { Connector } from "../../src/sdk/connector.ts";
import { startDemoCrmUnderTest } from "../../src/testing/demo-crm.ts";
import { playScenario } from "../../src/testing/play.ts";
import { SCENARIOS } from "../../src/testing/scenarios/all.ts";

interface Mistake {
  /** What the author did. */
  name: string;
  connector: Connector;
  /** Part of the name of the scenario that finds it. */
  foundBy: string;
  says: RegExp;
}

const MISTAKES: readonly Mistake[] = [
  {
    name: "takes a failed search for nobody",
    connector: { ...demo, findContact: (...search) => demo.findContact(...search).catch(() => []) },
    foundBy: "when the search fails by itself",
    says: /successful is true, expected false/,
  },
  {
    name: "believes every hit of the search",
    connector: {
      ...demo,
      findContact: async (context) => (await demo.findContactWithName?.(context, { name: "e" })) ?? [],
    },
    foundBy: "typed in E.164",
    says: /The list of contacts is/,
  },
  {
    name: "does not find a record again",
    connector: { ...demo, findCallLog: async () => undefined },
    foundBy: "cuts the connection after it has written the record",
    says: /2 records in the CRM/,
  },
  {
    name: "writes over what a person has written",
    connector: {
      ...demo,
      updateCallLog: (context, log, call) =>
        demo.updateCallLog(context, { ...log, revise: () => log.revise("") }, call),
    },
    foundBy: "a person's words in the record",
    says: /lacks "Send them the offer by Friday"/,
  },
  {
    name: "writes a record anew that somebody has deleted",
    connector: {
      ...demo,
      updateCallLog: (context, log, call) =>
        demo.updateCallLog(context, log, call).catch(async () => {
          const { contactId: id, logId: marker, subject = "" } = log;
          const record = { marker, contact: { id }, subject, body: log.revise(""), submission: {} };
          await demo.createCallLog(context, { ...record, direction: "Inbound" }, call);
        }),
    },
    foundBy: "deleted in the CRM is not resurrected",
    says: /successful is true, expected false/,
  },
  {
    name: "damages a note",
    connector: {
      ...demo,
      updateCallLog: (context, log, call) =>
        demo.updateCallLog(context, { ...log, revise: (body) => log.revise(body).replaceAll("$&", "") }, call),
    },
    foundBy: "awkward characters",
    says: /The note is/,
  },
  {
    name: "throws what is no TrunklineError",
    connector: { ...demo, createCallLog: () => Promise.reject(new TypeError("kind is not defined")) },
    foundBy: "a call is logged for its contact",
    says: /no TrunklineError/,
  },
  {
    name: "leaves the session open at the CRM",
    connector: {
      ...demoOAuth,
      auth: oauth2({
        client: () => DEMO_OAUTH_CLIENT,
        endpoints: ({ environment: { DEMO_API_URL: origin } }) => ({
          authorization: `${origin}/oauth/authorize`,
          token: `${origin}/oauth/token`,
        }),
      }),
    },
    foundBy: "logging out ends the session at the CRM, too",
    says: /The CRM was not told/,
  },
];

const compilers = await createSchemaCompilers();

suite("a connector is found out that", { concurrency: 4 }, () => {
  for (const { name, connector, foundBy, says } of MISTAKES) {
    test(name, async () => {
      const scenario = SCENARIOS.find((one) => one.name.includes(foundBy));
      assert.ok(scenario, `there is no scenario named "${foundBy}"`);
      const startCrm = () => startDemoCrmUnderTest(connector.auth.type === "oauth" ? "oauth" : "apiKey");
      const { result } = await playScenario({ connector, startCrm, compilers }, scenario);
      assert.equal(result.verdict, "failed");
      assert.match(result.reason ?? "", says);
    });
  }
});
