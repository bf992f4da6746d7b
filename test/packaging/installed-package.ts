/** The package as somebody else gets it: packed, and installed into an empty folder with npm. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
/** A shebang looks `node` up on the path. */
const PATH = [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);

export interface InstalledPackage {
  folder: string;
  /** Runs to its end, which must be a success; answers the standard output. */
  run(program: string, ...words: string[]): Promise<string>;
  /** The installed command, by its shebang. */
  trunkline: string;
  /** Runs until somebody ends it. */
  start(program: string, words: string[], environment: Record<string, string>): ChildProcess;
  /** The compiler and the types of Node that this project has. */
  compiler: { program: string; typeRoots: string };
  remove(): void;
}

export async function installPackage(): Promise<InstalledPackage> {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-package-"));
  const run = (program: string, ...words: string[]) => runIn(folder, program, words);
  await runIn(PROJECT, "npm", ["pack", "--silent", "--pack-destination", folder]);
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run(
    "npm",
    "install",
    "--silent",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    "--ignore-scripts",
    `./${tarball}`,
  );
  return {
    folder,
    run,
    trunkline: join(folder, "node_modules/.bin/trunkline"),
    start: (program, words, environment) =>
      spawn(program, words, { cwd: folder, env: { PATH, ...environment }, stdio: ["ignore", "pipe", "inherit"] }),
    compiler: {
      program: join(PROJECT, "node_modules/.bin/tsc"),
      typeRoots: join(PROJECT, "node_modules/@types"),
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function runIn(folder: string, program: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: folder,
      env: { ...process.env, PATH },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    let complained = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complained += text));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve(printed);
      reject(
        new assert.AssertionError({
          message: `${program} ${words.join(" ")} ended with ${code}\n${printed}${complained}`,
        }),
      );
    });
  });
}
