/** `trunkline worker [--connector <path>]… [--app-connect-connector <path>]…`: finishes what servers have accepted, without a door of its own, until a signal comes. */

import { parseArgs } from "node:util";
import { loadConfig } from "../config.ts";
import { createLogger } from "../logger.ts";
import { startWorkerAlone } from "../server.ts";
import { CONNECTOR_OPTIONS, withLoaded } from "./connector/with-loaded.ts";
import { withDemoCrm } from "./demo-crm-address.ts";
import { usageOf } from "./help/manual.ts";
import { WORKER } from "./manuals/running.ts";
import { untilSignal } from "./until-signal.ts";
import { understood } from "./words.ts";

export async function runWorker(words: readonly string[]): Promise<void> {
  const { values } = understood(usageOf(WORKER), () => parseArgs({ args: [...words], options: CONNECTOR_OPTIONS }));
  const connectors = await withLoaded(values.connector ?? [], values["app-connect-connector"]);
  const variables = connectors.flatMap((connector) => connector.variables);
  const config = withDemoCrm(loadConfig(process.env, variables));
  const worker = await startWorkerAlone({ config, connectors, logger: createLogger(config.logLevel) });
  // Before anybody reads that we are there and asks us to stop.
  const stopping = untilSignal();
  process.stdout.write(`Trunkline's worker is at work on ${placeOf(config.databaseUrl)}\n`);
  for (const warning of config.warnings) process.stderr.write(`${warning}\n`);
  await stopping;
  await worker.close();
}

/** The database without its user and password. */
function placeOf(databaseUrl: string): string {
  if (databaseUrl.startsWith("sqlite:")) return databaseUrl;
  const { host, pathname } = new URL(databaseUrl);
  return `postgres://${host}${pathname}`;
}
