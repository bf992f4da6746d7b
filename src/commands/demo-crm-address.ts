/** Where a process that does not run the Demo CRM itself finds the one that runs beside the server. */

import type { Config } from "../config.ts";

/** The Demo CRM runs beside the server, not beside us: it is found at the port that both were told. */
export function withDemoCrm(config: Config): Config {
  if (config.demoCrm === undefined || config.demoCrm.port === 0) return config;
  const address = `http://127.0.0.1:${config.demoCrm.port}`;
  return { ...config, connectorEnvironment: { ...config.connectorEnvironment, DEMO_API_URL: address } };
}
