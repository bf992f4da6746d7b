/** What came of putting a connector through the scenarios. */

import type { Connector } from "../sdk/connector.ts";
import type { Scenario } from "./scenario.ts";
import type { OperationCost } from "./stage.ts";

export interface ScenarioResult {
  area: Scenario["area"];
  name: string;
  verdict: "passed" | "failed" | "not offered";
  /** Why it failed or was left out, in one sentence. */
  reason?: string;
  /** What Trunkline found unforeseen meanwhile, such as an exception inside the connector. */
  unforeseen?: readonly string[];
}

export interface ReportCard {
  platform: string;
  displayName: string;
  passed: number;
  failed: number;
  notOffered: number;
  results: readonly ScenarioResult[];
  /** What each operation asked of the CRM where all went well. */
  costs: readonly OperationCost[];
  /** What users cannot rely on because of what the connector leaves out. */
  limits: readonly string[];
}

export interface Played {
  result: ScenarioResult;
  costs: readonly OperationCost[];
}

export function reportCard(connector: Connector, played: readonly Played[]): ReportCard {
  const results = played.map(({ result }) => result);
  const count = (verdict: ScenarioResult["verdict"]) => results.filter((one) => one.verdict === verdict).length;
  return {
    platform: connector.platform,
    displayName: connector.displayName,
    passed: count("passed"),
    failed: count("failed"),
    notOffered: count("not offered"),
    results,
    costs: played.flatMap(({ costs }) => costs),
    limits: limitsOf(connector),
  };
}

/** Read off what the connector defines. */
function limitsOf(connector: Connector): string[] {
  const { auth, createMessageLog, updateMessageLog } = connector;
  const logsMessages = createMessageLog !== undefined && updateMessageLog !== undefined;
  const endsSessions = connector.unAuthorize !== undefined || auth.type === "oauth";
  const limits: [holds: boolean, sentence: string][] = [
    [
      connector.findCallLog !== undefined,
      "A call whose creation was not answered waits for a person: there is no findCallLog.",
    ],
    [logsMessages, "Messages are not logged: there is no createMessageLog with an updateMessageLog."],
    [
      !logsMessages || connector.findMessageLog !== undefined,
      "A conversation whose creation was not answered waits for a person: there is no findMessageLog.",
    ],
    [
      connector.createAppointment === undefined || connector.findAppointments !== undefined,
      "An appointment that is posted again stands in the calendar twice: there is no findAppointments.",
    ],
    [connector.createContact !== undefined, "Contacts are not created from the phone: there is no createContact."],
    [
      connector.findContactWithName !== undefined,
      "Contacts are not searched by name: there is no findContactWithName.",
    ],
    [
      connector.upsertCallDisposition !== undefined,
      "A logged call is not filed anew: there is no upsertCallDisposition.",
    ],
    [endsSessions, "Logging out leaves the key valid at the CRM: there is no unAuthorize."],
  ];
  return limits.filter(([holds]) => !holds).map(([, sentence]) => sentence);
}
