/** The bench CRM as a process of its own: its latency can be set and its requests counted. */

import { type ChildProcess, fork } from "node:child_process";
import { CRM_SERVER } from "./places.ts";

export interface BenchCrm {
  url: string;
  setLatency(milliseconds: number): Promise<void>;
  requests(): Promise<number>;
  stop(): void;
}

export async function startCrm(): Promise<BenchCrm> {
  const crm = fork(CRM_SERVER, { stdio: "inherit" });
  const address = await told<{ port: number }>(crm);
  const ask = (message: object) => {
    const answer = told<{ requests: number }>(crm);
    crm.send(message);
    return answer;
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    async setLatency(latencyMs) {
      await ask({ latencyMs });
    },
    requests: async () => (await ask({})).requests,
    stop: () => crm.disconnect(),
  };
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve) => child.once("message", (message: T) => resolve(message)));
}
