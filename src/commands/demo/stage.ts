/** Where the story is played: a Trunkline with its Demo CRM on free ports, in a temporary folder that goes when they go. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../config.ts";
import { CONNECTORS } from "../../connectors/index.ts";
import { createLogger } from "../../logger.ts";
import { startTrunkline } from "../../server.ts";

export interface Stage {
  url: string;
  demoCrmUrl: string;
  close(): Promise<void>;
}

/** The caller's environment does not reach the stage: the story is the same everywhere. */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-demo-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Also when the process ends in the middle, for instance because nobody reads its output any more.
  process.once("exit", remove);
  const config = loadConfig(
    {
      PORT: "0",
      DEMO_CRM_PORT: "0",
      DATABASE_URL: `sqlite:${join(folder, "trunkline.db")}`,
      DEMO_CRM_FILE: join(folder, "demo-crm.db"),
      LOG_LEVEL: "warn",
    },
    CONNECTORS.flatMap((connector) => connector.variables),
  );
  const logger = createLogger(config.logLevel, process.stderr);
  const trunkline = await startTrunkline({ config, connectors: CONNECTORS, logger });
  return {
    url: trunkline.url,
    demoCrmUrl: trunkline.demoCrmUrl ?? "",
    async close() {
      await trunkline.close();
      remove();
      process.off("exit", remove);
    },
  };
}
