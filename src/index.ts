/** The door `trunkline`: the server, to be started from a program of one's own. */

export { type Config, ConfigError, loadConfig } from "./config.ts";
export { CONNECTORS } from "./connectors/index.ts";
export { createLogger } from "./logger.ts";
export { startTrunkline, type Trunkline, type TrunklineOptions } from "./server.ts";
