/** What every part of an import works with. */

import type { Config } from "../../config.ts";
import type { Store } from "../../open-store.ts";
import type { Connector } from "../../sdk/connector.ts";
import type { AppConnectDatabase } from "./app-connect-database.ts";
import type { createReport } from "./report.ts";

export interface ImportSource {
  peer: AppConnectDatabase;
  store: Store;
  imports: Store["imports"];
  config: Config;
  connectors: readonly Connector[];
  report: ReturnType<typeof createReport>;
  /** False: nothing is written. */
  apply: boolean;
  /** To be called for every row that was looked at. */
  progress(): void;
}
