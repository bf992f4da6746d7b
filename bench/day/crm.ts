/** Starts the CRM of the day and asks it for its figures. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CallRecord } from "./book.ts";
import type { Used } from "./limits.ts";

const SERVER = fileURLToPath(new URL("./crm-server.ts", import.meta.url));

export interface CrmStart {
  /** How many times faster its windows pass. */
  speed: number;
  /** Before each answer, in milliseconds of the wall's clock. */
  latencyMs: number;
}

export interface CrmFigures {
  passed: number;
  /** With 429. */
  turnedAway: number;
  writes: number;
  used: Used;
  calls: [number: string, record: CallRecord][];
  texts: [number: string, records: number][];
}

export interface DayCrm {
  url: string;
  figures(): Promise<CrmFigures>;
  stop(): void;
}

export async function startDayCrm(start: CrmStart): Promise<DayCrm> {
  const crm = fork(SERVER, { stdio: "inherit" });
  const ask = <T>(message: object) =>
    new Promise<T>((resolve) => {
      crm.once("message", (answer: T) => resolve(answer));
      crm.send(message);
    });
  const { port } = await ask<{ port: number }>(start);
  return {
    url: `http://127.0.0.1:${port}`,
    figures: () => ask<CrmFigures>({}),
    stop: () => crm.disconnect(),
  };
}
