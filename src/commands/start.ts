/** `trunkline start`: runs the server until a signal comes. */

import { loadConfig } from "../config.ts";
import { CONNECTORS } from "../connectors/index.ts";
import { createLogger } from "../logger.ts";
import { startTrunkline, type Trunkline } from "../server.ts";
import { untilSignal } from "./until-signal.ts";

export async function start(): Promise<void> {
  const config = loadConfig(
    process.env,
    CONNECTORS.flatMap((connector) => connector.variables),
  );
  const logger = createLogger(config.logLevel);
  const trunkline = await startTrunkline({ config, connectors: CONNECTORS, logger });
  process.stdout.write(welcome(trunkline));
  for (const warning of config.warnings) process.stderr.write(`${warning}\n`);
  await untilSignal();
  await trunkline.close();
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
