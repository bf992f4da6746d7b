/** `trunkline worker [--connector <path>]…`: finishes what servers have accepted, without a door of its own, until a signal comes. */

import { parseArgs } from "node:util";
import { type Config, loadConfig } from "../config.ts";
import { createLogger } from "../logger.ts";
import { startWorkerAlone } from "../server.ts";
import { withLoaded } from "./start.ts";
import { untilSignal } from "./until-signal.ts";
import { understood } from "./words.ts";

export async function runWorker(words: readonly string[]): Promise<void> {
  const { values } = understood("worker [--connector <path>]…", () =>
    parseArgs({ args: [...words], options: { connector: { type: "string", multiple: true } } }),
  );
  const connectors = await withLoaded(values.connector ?? []);
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

/** The Demo CRM runs beside the server, not beside us: it is found at the port that both were told. */
function withDemoCrm(config: Config): Config {
  if (config.demoCrm === undefined || config.demoCrm.port === 0) return config;
  const address = `http://127.0.0.1:${config.demoCrm.port}`;
  return { ...config, connectorEnvironment: { ...config.connectorEnvironment, DEMO_API_URL: address } };
}

/** The database without its user and password. */
function placeOf(databaseUrl: string): string {
  if (databaseUrl.startsWith("sqlite:")) return databaseUrl;
  const { host, pathname } = new URL(databaseUrl);
  return `postgres://${host}${pathname}`;
}
