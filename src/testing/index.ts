/** The door `trunkline/testing`: puts a connector through the scenarios that every connector must pass. */

export { checkConnector, type Check } from "./check-connector.ts";
export { startDemoCrmUnderTest } from "./demo-crm.ts";
export { describeConnector } from "./describe-connector.ts";
export type * from "./crm-under-test.ts";
export type { ReportCard, ScenarioResult } from "./report-card.ts";
export type { OperationCost } from "./stage.ts";
