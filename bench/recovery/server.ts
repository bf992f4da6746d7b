/** The server that is measured, in a process of its own whose memory can be read and whose time can be made to fly. */

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { residentMibOf } from "../../scripts/used-by-process.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const CLOCK = new URL("./fast-clock.ts", import.meta.url).href;

export interface MeasuredServer {
  url: string;
  /** Resident memory in MiB. */
  memory(): number;
  /** From now on its time passes so many times faster. */
  setSpeed(speed: number): void;
  stop(): Promise<void>;
}

export async function startServer(folder: string, crmUrl: string): Promise<MeasuredServer> {
  const server = spawn(process.execPath, ["--import", CLOCK, MAIN, "start"], {
    cwd: folder,
    env: {
      PORT: "0",
      DEMO_CRM: "off",
      DEMO_API_URL: crmUrl,
      DATABASE_URL: `sqlite:${join(folder, "trunkline.db")}`,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  return {
    url: await listening(server),
    memory: () => residentMibOf(server.pid),
    setSpeed: (speed) => void server.send(speed),
    async stop() {
      const ended = new Promise((resolve) => server.once("close", resolve));
      server.kill("SIGTERM");
      await ended;
    },
  };
}

function listening(server: ChildProcess): Promise<string> {
  let printed = "";
  return new Promise((resolve, reject) => {
    server.once("close", () => reject(new Error("The server did not start.")));
    server.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, url] = /^Trunkline is listening on (\S+)$/m.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}
