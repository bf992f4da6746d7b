/** A server whose every write, sync, request and answer is on record. */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { MAIN, until } from "../support/processes.ts";
import { LISTENING } from "../support/requests.ts";
import { STRACE_OPTIONS, type SystemCall, systemCallsIn } from "./system-calls.ts";

export interface ServerUnderTrace {
  url: string;
  /** Ends it as a crash would; answers what it did. */
  crash(): Promise<SystemCall[]>;
}

/** Why nothing can be traced here, if so. */
export function whyNoTrace(): string | false {
  const { status } = spawnSync("strace", ["-D", "-o", "/dev/null", "true"]);
  if (status === 0) return false;
  assert.equal(process.env["CI"], undefined, "strace must be installed and allowed to trace");
  return "strace is not installed, or may not trace here";
}

export async function startUnderTrace(
  t: TestContext,
  folder: string,
  environment: Record<string, string>,
): Promise<ServerUnderTrace> {
  const trace = join(folder, "trace");
  // -D: the server itself is our child, and the tracer its companion, which holds the standard output until it is done.
  const words = ["-D", "-o", trace, ...STRACE_OPTIONS, process.execPath, MAIN, "start"];
  const server = spawn("strace", words, {
    cwd: folder,
    env: { PATH: process.env["PATH"], TMPDIR: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  server.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const closed = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const crash = async () => {
    server.kill("SIGKILL");
    await closed;
  };
  t.after(crash);
  const url = await until("listen", async () => {
    assert.equal(server.exitCode, null, printed);
    return LISTENING.exec(printed)?.[1];
  });
  return {
    url,
    async crash() {
      await crash();
      return systemCallsIn(readFileSync(trace, "utf8"));
    },
  };
}
