/** Makes `dist/`: what runs, in few files, its declarations, and the files beside it that it reads. */

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, rmSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundle } from "./build/bundle.ts";
import { writeLicences } from "./build/licences.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const BUILT = join(ROOT, "dist");
/** Compiled, or written for people. */
const LEFT_BEHIND = new Set([".ts", ".md"]);

const { values } = parseArgs({
  options: {
    /** `--no-types` leaves out what only compilers read. */
    types: { type: "boolean", default: true },
  },
  allowNegative: true,
});

rmSync(BUILT, { recursive: true, force: true });
const { inputs } = await bundle(ROOT, BUILT);
writeLicences(ROOT, inputs, join(BUILT, "LICENCES.txt"));
cpSync(join(ROOT, "src"), BUILT, { recursive: true, filter: (path) => !LEFT_BEHIND.has(extname(path)) });
chmodSync(join(BUILT, "main.js"), 0o755);
if (values.types) {
  const compiler = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: ROOT, stdio: "inherit" });
  if (compiler.status !== 0) process.exitCode = 1;
}
