/** Trunkline's command line as processes of their own, in a temporary folder and with nothing of this environment. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** A machine under load is slow; nothing here takes this long otherwise. */
const PATIENCE_MS = 60_000;

const LOOK_EVERY_MS = 100;

export interface Exit {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningProcess {
  /** Waits until the pattern stands in the standard output; answers its first group. */
  prints(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Waits for the end. */
  exit: Promise<Exit>;
}

export interface Surroundings {
  environment?: Record<string, string>;
  /** Options of Node itself. */
  node?: string[];
}

export interface Workplace {
  /** Where its processes run, and where they find room for temporary files. */
  folder: string;
  /** Runs `trunkline <words>`. */
  trunkline(words: string[], surroundings?: Surroundings): RunningProcess;
}

/** A folder and its processes; after the test the processes are killed, and then the folder is removed. */
export function workplace(t: TestContext): Workplace {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-system-"));
  const started: RunningProcess[] = [];
  t.after(async () => {
    for (const running of started) running.kill("SIGKILL");
    await Promise.all(started.map((running) => running.exit));
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    trunkline(words, surroundings = {}) {
      const running = run(words, folder, surroundings);
      started.push(running);
      return running;
    },
  };
}

function run(words: string[], folder: string, { environment, node = [] }: Surroundings): RunningProcess {
  const child = spawn(process.execPath, [...node, MAIN, ...words], {
    cwd: folder,
    env: { TMPDIR: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  let ended = false;
  const exit = new Promise<Exit>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      ended = true;
      resolve({ code, ...output });
    });
  });
  return {
    prints: (pattern) =>
      until(`to print ${String(pattern)}`, async () => {
        const match = pattern.exec(output.stdout);
        assert.ok(match !== null || !ended, `it ended without printing ${String(pattern)}:\n${output.stderr}`);
        return match?.[1] ?? match?.[0];
      }),
    kill: (signal) => child.kill(signal),
    exit,
  };
}

/** Asks again and again until there is something; fails after a minute. */
export async function until<T>(what: string, read: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    assert.ok(Date.now() < deadline, `waited in vain for it ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
