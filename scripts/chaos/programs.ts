/** Trunkline's own command line as processes in a folder, each writing down what it said, and none outliving the run. */

import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { processorMsOf } from "../used-by-process.ts";

/** Kept for servers that are started again and again, where whoever runs this keeps it. */
const { NODE_COMPILE_CACHE } = process.env;

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export interface Program {
  /** The address that it says it listens on; undefined where it ended before. */
  listening: Promise<string | undefined>;
  ended: Promise<void>;
  kill(): void;
  /** Used so far; 0 where nobody can tell. */
  processorMs(): number;
}

export interface Programs {
  /** Runs `trunkline <word>`; its output is kept in `<name>.log`. */
  run(name: string, word: string, environment: Readonly<Record<string, string>>): Program;
  /** Kills all and waits for their end. */
  killAll(): Promise<void>;
}

export function createPrograms(folder: string): Programs {
  const running = new Map<ChildProcess, Promise<void>>();
  return {
    run(name, word, environment) {
      const child = spawn(process.execPath, [MAIN, word], {
        cwd: folder,
        env: { TMPDIR: folder, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }), ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const log = createWriteStream(join(folder, `${name}.log`), { flags: "a" });
      child.stdout.pipe(log, { end: false });
      child.stderr.pipe(log, { end: false });
      const ended = new Promise<void>((resolve) => {
        child.once("close", () => {
          running.delete(child);
          log.end(resolve);
        });
      });
      running.set(child, ended);
      let said = "";
      const listening = new Promise<string | undefined>((resolve) => {
        child.stdout.on("data", (text: Buffer) => {
          said += String(text);
          const url = /listening on (\S+)\s/.exec(said)?.[1];
          if (url !== undefined) resolve(url);
        });
        void ended.then(() => resolve(undefined));
      });
      return { listening, ended, kill: () => void child.kill("SIGKILL"), processorMs: () => processorMsOf(child.pid) };
    },
    async killAll() {
      for (const child of running.keys()) child.kill("SIGKILL");
      await Promise.all(running.values());
    },
  };
}
