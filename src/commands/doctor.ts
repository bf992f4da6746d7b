/** `trunkline doctor`: looks whether all is well here; with `--against`, whether another server keeps the contract. */

import { parseArgs } from "node:util";
import { CONNECTOR_OPTIONS, withLoaded } from "./connector/with-loaded.ts";
import { checkServer } from "./doctor/against.ts";
import { checkUp } from "./doctor/check-up.ts";
import { findingsAsJson, findingsText } from "./doctor/findings-text.ts";
import { usageOf } from "./help/manual.ts";
import { DOCTOR } from "./manuals/looking.ts";
import { understood, UsageError } from "./words.ts";

const USAGE = usageOf(DOCTOR);

const THERE = {
  against: { type: "string" },
  platform: { type: "string" },
  "api-key": { type: "string" },
  hostname: { type: "string" },
  token: { type: "string" },
  number: { type: "string" },
  write: { type: "boolean" },
  timeout: { type: "string" },
} as const;

export async function runDoctor(words: readonly string[]): Promise<void> {
  const { values } = understood(USAGE, () =>
    parseArgs({ args: [...words], options: { ...CONNECTOR_OPTIONS, ...THERE, json: { type: "boolean" } } }),
  );
  const { against, connector, "app-connect-connector": appConnect, json: asJson = false, ...options } = values;
  if (against !== undefined) {
    if (connector !== undefined || appConnect !== undefined) {
      throw new UsageError(USAGE, "Connectors do not go with --against.");
    }
    const seconds = options.timeout === undefined ? undefined : secondsFrom(options.timeout);
    await checkServer({ ...options, url: against, seconds, write: options.write === true, asJson });
    return;
  }
  const [stray] = Object.keys(options);
  if (stray !== undefined) throw new UsageError(USAGE, `--${stray} goes with --against.`);
  const findings = await checkUp(process.env, await withLoaded(connector ?? [], appConnect));
  process.stdout.write(asJson ? findingsAsJson(findings) : findingsText(findings));
  if (findings.some(({ verdict }) => verdict === "problem")) process.exitCode = 1;
}

function secondsFrom(text: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= LONGEST_S) return seconds;
  throw new UsageError(USAGE, `--timeout is a number of seconds up to ${LONGEST_S}.`);
}

const LONGEST_S = 300;
