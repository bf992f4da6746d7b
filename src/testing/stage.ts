/** One scenario's world: a whole Trunkline with the connector, the CRM under test, the go-between, and a client on the phone. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../config.ts";
import { createLogger } from "../logger.ts";
import type { Connector } from "../sdk/connector.ts";
import { startTrunkline, type Trunkline } from "../server.ts";
import type { CrmUnderTest } from "./crm-under-test.ts";
import { expect } from "./expectations.ts";
import { type Exchange, type GoBetween, standBetween } from "./go-between.ts";
import { type PhoneClient, phoneClient } from "./phone-client.ts";
import type { Candidate } from "./play.ts";
import { at, parsed, textAt } from "./wire.ts";

/** What one operation asks of the CRM. */
export interface OperationCost {
  operation: string;
  requests: number;
  /** The longest chain of requests of which each waited for the one before. */
  rounds: number;
}

export interface Stage {
  connector: Connector;
  crm: CrmUnderTest;
  between: GoBetween;
  phone: PhoneClient;
  costs: OperationCost[];
  /** What Trunkline itself found unforeseen, such as an exception inside the connector. */
  unforeseen: string[];
  /** Logs in as the scenario's user, which must succeed. */
  logIn(): Promise<void>;
  /** Notes down what this costs the CRM. */
  measure<T>(operation: string, work: () => Promise<T>): Promise<T>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openStage({ connector, startCrm, compilers }: Candidate): Promise<Stage> {
  const crm = await startCrm();
  const folder = mkdtempSync(join(tmpdir(), "trunkline-check-"));
  const closing: (() => Promise<void>)[] = [
    async () => rmSync(folder, { recursive: true, force: true }),
    () => crm.close(),
  ];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const between = await standBetween(crm);
    closing.push(() => between.close());
    const unforeseen: string[] = [];
    const start = () => startBeside({ connector, compilers, crm, origin: between.origin, folder, unforeseen });
    let trunkline = await start();
    closing.push(() => trunkline.close());
    const phone = phoneClient(connector.platform, () => trunkline.url);
    const costs: OperationCost[] = [];
    return {
      connector,
      crm,
      between,
      phone,
      costs,
      unforeseen,
      async logIn() {
        const answer = await phone.logIn(crm.access);
        expect(textAt(answer.body, "jwtToken") !== "", `Logging in was answered with ${answer.status} ${answer.text}`);
      },
      async measure(operation, work) {
        between.exchanges.length = 0;
        const result = await work();
        costs.push({ operation, requests: between.exchanges.length, rounds: roundsIn(between.exchanges) });
        return result;
      },
      async restart() {
        await trunkline.close();
        trunkline = await start();
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

interface Surroundings extends Pick<Candidate, "connector" | "compilers"> {
  crm: CrmUnderTest;
  origin: string;
  folder: string;
  unforeseen: string[];
}

function startBeside({ connector, compilers, crm, origin, folder, unforeseen }: Surroundings): Promise<Trunkline> {
  const environment = {
    ...crm.environment(origin),
    PORT: "0",
    DEMO_CRM: "off",
    DATABASE_URL: `sqlite:${join(folder, "trunkline.db")}`,
  };
  const write = (line: string) => {
    const entry = parsed(line);
    unforeseen.push(textAt(entry, "err", "message") || String(at(entry, "msg")));
  };
  return startTrunkline({
    config: loadConfig(environment, connector.variables),
    connectors: [connector],
    logger: createLogger("error", { write }),
    compilers,
  });
}

function roundsIn(exchanges: readonly Exchange[]): number {
  const ended: { at: number; rounds: number }[] = [];
  for (const { startedAt, endedAt } of exchanges) {
    const before = ended.filter((other) => other.at <= startedAt).map(({ rounds }) => rounds);
    ended.push({ at: endedAt ?? Number.POSITIVE_INFINITY, rounds: Math.max(0, ...before) + 1 });
  }
  return Math.max(0, ...ended.map(({ rounds }) => rounds));
}
