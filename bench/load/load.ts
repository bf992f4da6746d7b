/** Drives load from a process of its own, and tells what the server used meanwhile. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LoadOutcome, LoadPlan } from "./plan.ts";

const DRIVER = fileURLToPath(new URL("./driver.ts", import.meta.url));

export interface LoadGenerator {
  run(plan: LoadPlan): Promise<LoadOutcome>;
  stop(): void;
}

export function startLoadGenerator(): LoadGenerator {
  const driver = fork(DRIVER, { stdio: "inherit" });
  return {
    run: (plan) =>
      new Promise((resolve, reject) => {
        driver.once("message", (answer: LoadOutcome | { failure: string }) => {
          if ("failure" in answer) reject(new Error(answer.failure));
          else resolve(answer);
        });
        driver.send(plan);
      }),
    stop: () => driver.disconnect(),
  };
}
