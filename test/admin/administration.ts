/** A Trunkline whose RingCentral is a fake company, with the people who ask it for things. */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type Company, company } from "../support/company.ts";
import type { TestDatabase } from "../support/databases.ts";
import { logIn, type Running, type RunOptions, runTrunkline, type WireAnswer } from "../support/trunkline.ts";

export interface Administration extends Company {
  running: Running;
  /** What another process on the same database needs. */
  environment: Record<string, string>;
  /** For looking past Trunkline. */
  databaseUrl: string;
  /** The hash by which clients know the account. */
  accountHash: string;
  otherAccountHash: string;
  /** Sessions in the Demo CRM: Ann and Ben work for the same company there. */
  crm: { ann: string; ben: string };
  /** As the installed client asks: both tokens in the query. */
  ask(route: string, asked?: Asked): Promise<WireAnswer>;
}

export interface Asked {
  /** The session in the CRM; Ann's unless said otherwise. */
  jwt?: string;
  /** The token of RingCentral, in the query. */
  rc?: string;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export async function administration(
  t: TestContext,
  database: TestDatabase,
  { environment: more, ...options }: Pick<RunOptions, "connectors" | "environment" | "keepsDemoCrm"> = {},
): Promise<Administration> {
  const there = await company(t);
  const environment: Record<string, string> = {
    ...(await database.environment(t)),
    ...there.ringCentral.environment,
    ...more,
  };
  const running = await runTrunkline(t, { environment, ...options });
  const crm = { ann: await logIn(running), ben: await logIn(running, "demo-key-2") };
  const hashOf = async (accountId: number) => {
    const { json } = await running.send("GET", `/userInfoHash?extensionId=1&accountId=${accountId}`);
    assert.ok(typeof json["accountId"] === "string");
    return json["accountId"];
  };
  return {
    ...there,
    running,
    environment,
    databaseUrl: environment["DATABASE_URL"] ?? `sqlite:${join(running.folder, "trunkline.db")}`,
    accountHash: await hashOf(there.account.id),
    otherAccountHash: await hashOf(there.eve.accountId),
    crm,
    ask: askingAt(running, crm.ann),
  };
}

/** Also for a server that was started again. */
export function askingAt(running: Pick<Running, "send">, anns: string): Administration["ask"] {
  return (route, { jwt = anns, rc, query = "", body, headers } = {}) => {
    const [method = "", path = ""] = route.split(" ");
    const parts = [jwt === "" ? "" : `jwtToken=${jwt}`, rc === undefined ? "" : `rcAccessToken=${rc}`, query];
    return running.send(method, `${path}?${parts.filter((part) => part !== "").join("&")}`, body, headers);
  };
}
