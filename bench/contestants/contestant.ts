/** A server that is measured: a process of its own, whose door, users and cost can be asked for. */

import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { processorMsOf, residentMibOf } from "../../scripts/used-by-process.ts";

export interface Program {
  arguments: readonly string[];
  environment: Readonly<Record<string, string>>;
  folder: string;
}

export interface RunningProgram {
  port: number;
  processId: number;
  /** Milliseconds from the start of the process to its first answer. */
  startedInMs: number;
  /** Resident memory in MiB. */
  memory(): number;
  /** Milliseconds of processor time that it has used so far. */
  processorMs(): number;
  stop(): Promise<void>;
}

export interface Contestant extends RunningProgram {
  name: ContestantName;
  /** One per connected person. */
  tokens: readonly string[];
  /** Puts the tables back to where every round starts. */
  beforeRound(): Promise<void>;
}

export type ContestantName = "peer" | "SQLite" | "PostgreSQL" | "bare route";

const LOOK_EVERY_MS = 2;
const WAIT_AT_MOST_MS = 60_000;

/** Starts a program on a free port and waits until it answers `firstRequest`. */
export async function run(program: Program, firstRequest = "/isAlive"): Promise<RunningProgram> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [...program.arguments], {
    cwd: program.folder,
    env: { PATH: process.env["PATH"], PORT: String(port), NODE_ENV: "production", ...program.environment },
    // The peer prints a line per request: nobody shall pay for reading it.
    stdio: ["ignore", "ignore", "inherit"],
  });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("close", () => process.off("exit", kill));
  await answering(child, `http://127.0.0.1:${port}${firstRequest}`);
  const startedInMs = performance.now() - began;
  return {
    port,
    processId: child.pid ?? 0,
    startedInMs,
    memory: () => residentMibOf(child.pid),
    processorMs: () => processorMsOf(child.pid),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Connects people to the bench CRM: their keys are their names. */
export async function logIn(port: number, people: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let person = 0; person < people; person += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/apiKeyLogin?state=platform=bench`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ platform: "bench", apiKey: keyOf(person), hostname: "localhost" }),
    });
    const value: unknown = await answer.json();
    const token: unknown = typeof value === "object" && value !== null && "jwtToken" in value ? value.jwtToken : "";
    if (typeof token !== "string" || token === "") throw new Error(`Nobody could log in: ${JSON.stringify(value)}`);
    tokens.push(token);
  }
  return tokens;
}

/** The key of a person, which is also their id in the CRM. */
export function keyOf(person: number): string {
  return `agent${person}`;
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  const until = performance.now() + WAIT_AT_MOST_MS;
  for (;;) {
    const isThere = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isThere) return;
    if (child.exitCode !== null || performance.now() > until) throw new Error("A server did not start.");
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
