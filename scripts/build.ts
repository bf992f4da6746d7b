/** Makes `dist/`: JavaScript and declarations of every source, and the files beside them that the program reads. */

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, rmSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../", import.meta.url);
const SOURCES = fileURLToPath(new URL("src", ROOT));
const BUILT = fileURLToPath(new URL("dist", ROOT));
/** Compiled, or written for people. */
const LEFT_BEHIND = new Set([".ts", ".md"]);

rmSync(BUILT, { recursive: true, force: true });
const compiler = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: fileURLToPath(ROOT), stdio: "inherit" });
if (compiler.status === 0) {
  cpSync(SOURCES, BUILT, { recursive: true, filter: (path) => !LEFT_BEHIND.has(extname(path)) });
  chmodSync(fileURLToPath(new URL("dist/main.js", ROOT)), 0o755);
} else {
  process.exitCode = 1;
}
