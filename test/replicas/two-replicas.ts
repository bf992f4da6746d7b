/** Two servers on one PostgreSQL, and the Demo CRM that both write to. */

import type { TestContext } from "node:test";
import { type RunningCrm, runCrm } from "../demo-crm/running-crm.ts";
import { testDatabases } from "../support/databases.ts";
import { type Running, runTrunkline } from "../support/trunkline.ts";

const postgres = (await testDatabases()).find(({ name }) => name === "PostgreSQL");
if (postgres === undefined) throw new Error("The tests know no PostgreSQL.");
export const POSTGRES = postgres;

export interface Setting {
  crm: RunningCrm;
  databaseUrl: string;
  /** What any process needs to become one more replica. */
  environment: Record<string, string>;
}

export interface Replicas extends Setting {
  one: Running;
  other: Running;
}

/** A fresh database and a Demo CRM, without a server. */
export async function freshSetting(t: TestContext): Promise<Setting> {
  const crm = await runCrm(t);
  const database = await POSTGRES.environment(t);
  const environment = { ...database, DEMO_CRM: "off", DEMO_API_URL: crm.url };
  return { crm, environment, databaseUrl: database["DATABASE_URL"] ?? "" };
}

export async function replica(t: TestContext, { crm, environment }: Setting): Promise<Running> {
  return { ...(await runTrunkline(t, { environment })), demoCrmUrl: crm.url };
}

export async function twoReplicas(t: TestContext): Promise<Replicas> {
  const setting = await freshSetting(t);
  const [one, other] = await Promise.all([replica(t, setting), replica(t, setting)]);
  return { ...setting, one, other };
}
