/** Puts a connector through every scenario and hands out a report card. */

import { ConfigError } from "../config.ts";
import { createSchemaCompilers } from "../http/schema-compilers.ts";
import type { Connector } from "../sdk/connector.ts";
import { type Candidate, playScenario } from "./play.ts";
import { type Played, type ReportCard, reportCard, type ScenarioResult } from "./report-card.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import { openStage } from "./stage.ts";

export interface Check extends Candidate {
  /** Scenarios side by side; several unless told. */
  lanes?: number;
  /** Hears of every scenario as it ends. */
  on?: (progress: { done: number; total: number; result: ScenarioResult }) => void;
}

/** Scenarios are mostly waiting. */
const AT_ONCE = 6;

/** Throws where no scenario can be played at all: the fake does not start, or the connector cannot be moved to it. */
export async function checkConnector({ connector, startCrm, lanes = AT_ONCE, on }: Check): Promise<ReportCard> {
  const candidate = { connector, startCrm, compilers: await createSchemaCompilers() };
  await rehearse(candidate);
  const total = SCENARIOS.length;
  const played: Played[] = [];
  const left = SCENARIOS.map((scenario, place) => ({ scenario, place }));
  let done = 0;
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { result, costs } = await playScenario(candidate, next.scenario);
      played[next.place] = { result, costs };
      done += 1;
      on?.({ done, total, result });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return reportCard(connector, played);
}

/** What would make every scenario fail is said once, in a sentence of its own. */
async function rehearse(candidate: Candidate): Promise<void> {
  const { connector } = candidate;
  const startCrm = async () => {
    const crm = await candidate.startCrm();
    const problem = mismatch(connector, crm.access.type, crm.environment(crm.url));
    if (problem === undefined) return crm;
    await crm.close();
    throw new ConfigError(problem);
  };
  const stage = await openStage({ ...candidate, startCrm });
  await stage.close();
}

function mismatch(
  connector: Connector,
  access: string,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const { auth, platform, variables } = connector;
  const declared = new Set(variables.map(({ name }) => name));
  const stranger = Object.keys(environment).find((name) => !declared.has(name));
  if (stranger !== undefined)
    return `The fake CRM sets ${stranger}, which the connector does not declare in its variables.`;
  if (access !== auth.type) return `The connector logs in with ${auth.type}, the fake CRM offers ${access}.`;
  if (connector.isConfigured(environment)) return undefined;
  return `The connector ${platform} says that it is not configured (isConfigured) with what the fake CRM sets: ${Object.keys(environment).join(", ")}.`;
}
