/** A server with its Demo CRM on free ports, with nothing in its database yet. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config.ts";
import { CONNECTORS } from "../../src/connectors/index.ts";
import { createLogger } from "../../src/logger.ts";
import { startTrunkline } from "../../src/server.ts";

export interface Stage {
  url: string;
  demoCrmUrl: string;
  adminToken: string;
  /** For what no client can bring about, such as a past. */
  databaseFile: string;
  close(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-pictures-"));
  const databaseFile = join(folder, "trunkline.db");
  const environment = {
    PORT: "0",
    DEMO_CRM_PORT: "0",
    DATABASE_URL: `sqlite:${databaseFile}`,
    DEMO_CRM_FILE: join(folder, "demo-crm.db"),
    LOG_LEVEL: "silent",
  };
  const config = loadConfig(
    environment,
    CONNECTORS.flatMap((connector) => connector.variables),
  );
  const running = await startTrunkline({ config, connectors: CONNECTORS, logger: createLogger(config.logLevel) });
  return {
    url: running.url,
    demoCrmUrl: running.demoCrmUrl ?? "",
    adminToken: config.adminToken ?? "",
    databaseFile,
    async close() {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
