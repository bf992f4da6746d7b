/** `trunkline start [--connector <path>]… [--app-connect-connector <path>]…`: runs the server until a signal comes. */

import { parseArgs } from "node:util";
import { type Config, loadConfig } from "../config.ts";
import { createLogger } from "../logger.ts";
import type { Trunkline } from "../server.ts";
import { CONNECTOR_OPTIONS, withLoaded } from "./connector/with-loaded.ts";
import { usageOf } from "./help/manual.ts";
import { START } from "./manuals/running.ts";
import { untilSignal } from "./until-signal.ts";
import { understood } from "./words.ts";

export async function start(words: readonly string[]): Promise<void> {
  const { values } = understood(usageOf(START), () => parseArgs({ args: [...words], options: CONNECTOR_OPTIONS }));
  const connectors = await withLoaded(values.connector ?? [], values["app-connect-connector"]);
  const config = loadConfig(
    process.env,
    connectors.flatMap((connector) => connector.variables),
  );
  const logger = createLogger(config.logLevel);
  // Loaded only now: who has a word of the configuration wrong need not wait for a whole server.
  const { startTrunkline } = await import("../server.ts");
  const trunkline = await startTrunkline({ config, connectors, logger });
  // Before anybody reads that we are there and asks us to stop.
  const stopping = untilSignal();
  process.stdout.write(welcome(trunkline, config));
  for (const warning of config.warnings) process.stderr.write(`${warning}\n`);
  await stopping;
  await trunkline.close();
}

function welcome({ url, demoCrmUrl }: Trunkline, { adminToken, freshAdminToken, playground }: Config): string {
  const lines = [
    `Trunkline is listening on ${url}`,
    `  ${url}/docs         every route, to read and to try`,
    `  ${url}/crmManifest  what to enter in the extension's developer settings`,
  ];
  if (playground) lines.push(`  ${url}/playground   a soft-phone in the browser, to try everything with`);
  if (adminToken !== undefined) lines.push(`  ${url}/console      how it does; asks for the admin token`);
  if (freshAdminToken !== undefined) {
    lines.push(
      `The admin token is ${freshAdminToken}`,
      "  It is shown this once; secrets.json beside the database keeps it.",
    );
  }
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
