/** `trunkline start [--connector <path>]…`: runs the server until a signal comes. */

import { parseArgs } from "node:util";
import { ConfigError, loadConfig } from "../config.ts";
import { CONNECTORS } from "../connectors/index.ts";
import { createLogger } from "../logger.ts";
import type { Connector } from "../sdk/connector.ts";
import { startTrunkline, type Trunkline } from "../server.ts";
import { loadConnector } from "./connector/load.ts";
import { untilSignal } from "./until-signal.ts";
import { understood } from "./words.ts";

export async function start(words: readonly string[]): Promise<void> {
  const { values } = understood("start [--connector <path>]…", () =>
    parseArgs({ args: [...words], options: { connector: { type: "string", multiple: true } } }),
  );
  const connectors = await withLoaded(values.connector ?? []);
  const config = loadConfig(
    process.env,
    connectors.flatMap((connector) => connector.variables),
  );
  const logger = createLogger(config.logLevel);
  const trunkline = await startTrunkline({ config, connectors, logger });
  // Before anybody reads that we are there and asks us to stop.
  const stopping = untilSignal();
  process.stdout.write(welcome(trunkline));
  for (const warning of config.warnings) process.stderr.write(`${warning}\n`);
  await stopping;
  await trunkline.close();
}

/** Ours, and those that lie at the given places. */
export async function withLoaded(places: readonly string[]): Promise<Connector[]> {
  const connectors = [...CONNECTORS];
  for (const place of places) {
    const loaded = await loadConnector(place);
    if (connectors.some(({ platform }) => platform === loaded.platform)) {
      throw new ConfigError(`There are two connectors for the platform ${loaded.platform}; ${place} is one of them.`);
    }
    connectors.push(loaded);
  }
  return connectors;
}

function welcome({ url, demoCrmUrl }: Trunkline): string {
  const lines = [
    `Trunkline is listening on ${url}`,
    `  ${url}/docs         every route, to read and to try`,
    `  ${url}/crmManifest  what to enter in the extension's developer settings`,
  ];
  if (demoCrmUrl !== undefined) {
    lines.push(
      `The Demo CRM is on ${demoCrmUrl}`,
      "Try next: npm run demo, or",
      `  curl -X POST ${url}/apiKeyLogin -H 'content-type: application/json' -d '{"platform":"demo","apiKey":"demo-key"}'`,
      `  curl "${url}/contact?phoneNumber=+16505551212&jwtToken=<the jwtToken>"`,
    );
  }
  return `${lines.join("\n")}\n`;
}
