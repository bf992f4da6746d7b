/** Plays one scenario on a stage of its own, and says what came of it. */

import type { SchemaCompilers } from "../http/schema-compilers.ts";
import type { Connector } from "../sdk/connector.ts";
import type { CrmUnderTest, Operation } from "./crm-under-test.ts";
import { expect, NotOffered } from "./expectations.ts";
import type { Played, ScenarioResult } from "./report-card.ts";
import type { Scenario } from "./scenario.ts";
import { openStage, type Stage } from "./stage.ts";

/** `startCrm` starts an empty CRM, each time another one. */
export interface Candidate {
  connector: Connector;
  startCrm: () => Promise<CrmUnderTest>;
  /** Every scenario has a server of its own; those of one process share these. */
  compilers?: SchemaCompilers | undefined;
}

/** Never throws for what the connector does; what is wrong with the CRM under test itself is a failure, too. */
export async function playScenario(candidate: Candidate, scenario: Scenario): Promise<Played> {
  const { area, name } = scenario;
  const reason = whyNot(candidate.connector, scenario);
  if (reason !== undefined) return { result: { area, name, verdict: "not offered", reason }, costs: [] };
  try {
    const stage = await openStage(candidate);
    const verdict = await verdictOn(stage, scenario);
    await stage.close();
    return { result: { area, name, ...verdict }, costs: verdict.verdict === "passed" ? stage.costs : [] };
  } catch (thrown) {
    return { result: { area, name, ...failure(thrown) }, costs: [] };
  }
}

type Verdict = Pick<ScenarioResult, "verdict" | "reason" | "unforeseen">;

async function verdictOn(stage: Stage, scenario: Scenario): Promise<Verdict> {
  try {
    await scenario.play(stage);
    expect(stage.between.unmetFaults().length === 0, "The scenario has shown nothing.");
    return { verdict: "passed" };
  } catch (thrown) {
    const { verdict, reason } = failure(thrown);
    const { between, unforeseen } = stage;
    return {
      verdict,
      reason: [reason, ...between.unmetFaults().map(neverMet)].join(" "),
      ...(unforeseen.length === 0 ? {} : { unforeseen: [...new Set(unforeseen)] }),
    };
  }
}

function failure(thrown: unknown): { verdict: Verdict["verdict"]; reason: string } {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return { verdict: thrown instanceof NotOffered ? "not offered" : "failed", reason };
}

/** Nothing ran into a fault that was to be played. */
function neverMet(operation: Operation): string {
  return `No request was ever made that operations.${operation} names: does it fit the connector?`;
}

function whyNot(connector: Connector, { access, needs = [] }: Scenario): string | undefined {
  const missing = needs.filter((name) => connector[name] === undefined);
  if (missing.length > 0) return `the connector defines no ${missing.join(" and no ")}`;
  if (access === undefined || access === connector.auth.type) return undefined;
  return access === "oauth" ? "the connector logs in with a key" : "the connector logs in with OAuth";
}
