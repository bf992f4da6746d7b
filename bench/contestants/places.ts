/** Where the bench's parts lie, and how they are made ready: the peer is installed, Trunkline is built. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const BENCH = fileURLToPath(new URL("../", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export const PEER_FOLDER = join(BENCH, "peer");
export const PEER_SERVER = join(PEER_FOLDER, "server.js");
/** As the package brings it: JavaScript, not sources. */
export const TRUNKLINE = join(ROOT, "dist/main.js");
export const CONNECTOR = join(BENCH, "dist/connector.js");
export const CRM_SERVER = join(BENCH, "crm/server.ts");
export const BARE_SERVER = join(BENCH, "limit/server.ts");

/** Installs the peer by its lock file, unless that has been done. */
export function installPeer(): void {
  const lock = readFileSync(join(PEER_FOLDER, "package-lock.json"), "utf8");
  const done = join(PEER_FOLDER, "node_modules/.installed");
  if (existsSync(done) && readFileSync(done, "utf8") === lock) return;
  tell("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], PEER_FOLDER);
  writeFileSync(done, lock);
}

/** Builds what the package would hold, and the connector for the bench CRM, which is outside of it. */
export async function buildTrunkline(): Promise<void> {
  tell(process.execPath, ["scripts/build.ts", "--no-types"], ROOT);
  await build({
    entryPoints: [join(BENCH, "crm/connector/index.ts")],
    outfile: CONNECTOR,
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [fromOutside],
    logLevel: "warning",
  });
}

/** By the name under which the package offers it. */
const fromOutside: Plugin = {
  name: "the SDK as connectors import it",
  setup({ onResolve }) {
    onResolve({ filter: /\/src\/sdk\/index\.ts$/ }, () => ({ path: "trunkline/sdk", external: true }));
  },
};

export function peerVersion(): string {
  const found: unknown = JSON.parse(readFileSync(join(PEER_FOLDER, "package.json"), "utf8"));
  return /"@app-connect\/core":"([^"]+)"/.exec(JSON.stringify(found))?.[1] ?? "?";
}

function tell(command: string, words: readonly string[], folder: string): void {
  const { status } = spawnSync(command, words, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${command} ${words.join(" ")} failed.`);
}
