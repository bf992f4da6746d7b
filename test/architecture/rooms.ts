/** The rooms of the house, and which of them may know which: the arrows of docs/architecture.md. */

import { posix } from "node:path";

export type Room =
  | "main"
  | "commands"
  | "server"
  | "assembly"
  | "open-store"
  | "http"
  | "core"
  | "sdk"
  | "store"
  | "connectors"
  | "ringcentral"
  | "server-logging"
  | "reports"
  | "plugins"
  | "app-connect"
  | "metrics"
  | "web"
  | "testing"
  | "index"
  | "demo-crm"
  | "config"
  | "secrets-file"
  | "logger"
  | "compiled"
  | "version";

interface Door {
  /** Rooms whose code this one may use. */
  uses: readonly Room[];
  /** Rooms of which it may also name types. */
  namesTypesOf?: readonly Room[];
}

export const DOORS: Readonly<Record<Room, Door>> = {
  main: { uses: ["commands", "config", "version"] },
  /** The package's own door. */
  index: { uses: ["server", "connectors", "config", "logger"], namesTypesOf: ["sdk"] },
  commands: {
    uses: [
      "server",
      "assembly",
      "open-store",
      "core",
      "connectors",
      "app-connect",
      "demo-crm",
      "testing",
      "sdk",
      "config",
      "logger",
      "version",
    ],
    namesTypesOf: ["store"],
  },
  testing: { uses: ["server", "http", "sdk", "config", "logger", "connectors", "demo-crm"] },
  server: { uses: ["assembly", "http", "web", "demo-crm", "config"], namesTypesOf: ["sdk"] },
  assembly: {
    uses: [
      "open-store",
      "core",
      "sdk",
      "ringcentral",
      "plugins",
      "server-logging",
      "reports",
      "metrics",
      "config",
      "version",
    ],
    namesTypesOf: ["http"],
  },
  "open-store": { uses: ["store", "config"] },
  http: { uses: ["core", "sdk", "compiled"], namesTypesOf: ["store", "metrics", "server-logging", "reports"] },
  /** Playground and console. */
  web: { uses: ["core", "sdk", "compiled"], namesTypesOf: ["http", "store"] },
  metrics: { uses: [], namesTypesOf: ["core", "store"] },
  core: { uses: ["sdk", "store", "compiled"] },
  connectors: { uses: ["sdk", "compiled"] },
  ringcentral: { uses: ["sdk", "compiled"] },
  /** Logging without a browser. */
  "server-logging": { uses: ["core", "ringcentral", "sdk", "compiled"], namesTypesOf: ["store"] },
  /** For administrators; logins at RingCentral are renewed as those for logging without a browser are. */
  reports: { uses: ["core", "ringcentral", "server-logging", "sdk"], namesTypesOf: ["store"] },
  plugins: { uses: ["sdk"] },
  /** Connectors that were written for App Connect. */
  "app-connect": { uses: ["sdk", "compiled"] },
  "demo-crm": { uses: [] },
  sdk: { uses: [] },
  store: { uses: ["compiled"], namesTypesOf: ["core", "sdk"] },
  config: { uses: ["secrets-file"], namesTypesOf: ["sdk"] },
  "secrets-file": { uses: ["compiled"] },
  logger: { uses: [], namesTypesOf: ["config"] },
  /** Schemas that are compiled when they are first needed. */
  compiled: { uses: [] },
  version: { uses: [] },
};

/** Undefined for a file that lives in no known room. */
export function roomOf(path: string): Room | undefined {
  const [, name = ""] = /^src\/([^/]+?)(?:\.ts|\/.*)$/.exec(path) ?? [];
  return isRoom(name) ? name : undefined;
}

/** What an import of ours names, from the project's root; undefined for a package. */
export function targetOf(path: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : undefined;
}

function isRoom(name: string): name is Room {
  return Object.hasOwn(DOORS, name);
}
