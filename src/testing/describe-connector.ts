/** The same scenarios as tests of node:test, for a connector's own test suite. */

import { suite, test } from "node:test";
import { createSchemaCompilers } from "../http/schema-compilers.ts";
import { Disappointment } from "./expectations.ts";
import { type Candidate, playScenario } from "./play.ts";
import { SCENARIOS } from "./scenarios/all.ts";

const AT_ONCE = 6;

/** One test per scenario; what the connector does not offer is skipped with the reason. */
export function describeConnector(connector: Candidate["connector"], startCrm: Candidate["startCrm"]): void {
  const compiling = createSchemaCompilers();
  suite(`connector ${connector.platform}`, { concurrency: AT_ONCE }, () => {
    for (const scenario of SCENARIOS) {
      test(scenario.name, async (t) => {
        const { result } = await playScenario({ connector, startCrm, compilers: await compiling }, scenario);
        const { reason = "", unforeseen = [], verdict } = result;
        if (verdict === "not offered") t.skip(reason);
        if (verdict === "failed") throw new Disappointment([reason, ...unforeseen].join("\n"));
      });
    }
  });
}
