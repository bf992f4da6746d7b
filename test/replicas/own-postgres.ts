/** A PostgreSQL of a test's own, in a temporary folder, that can be restarted without anybody else noticing. */

import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { Client } from "pg";
import { until } from "../support/trunkline.ts";
import type { LeavingDatabase } from "./door.ts";

/** Where Linux distributions and installers put the programs of a version. */
const PLACES = [
  "/usr/lib/postgresql/*/bin",
  "/usr/pgsql-*/bin",
  "/opt/homebrew/opt/postgresql@*/bin",
  "/usr/local/pgsql/bin",
];

const run = promisify(execFile);

/** The newest version's programs; undefined where there are none, or where nobody but root could run them. */
export const POSTGRES_PROGRAMS = postgresUser() && newestPrograms();

export interface OwnPostgres extends LeavingDatabase {
  /** Of a server that speaks TLS: its certificate, which nobody else vouches for. */
  certificate: string;
}

export async function ownPostgres(t: TestContext, programs: string, speaksTls = false): Promise<OwnPostgres> {
  const owner = postgresUser();
  const folder = mkdtempSync(join(tmpdir(), "trunkline-postgres-"));
  if (owner?.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const place = join(folder, "cluster");
  // Other tests of the process go on meanwhile: it takes seconds.
  await run(join(programs, "initdb"), ["-D", place, "-A", "trust", "-U", "postgres", "--no-sync"], {
    ...owner,
    cwd: folder,
  });
  const [key, certificate] = [join(folder, "server.key"), join(folder, "server.crt")];
  if (speaksTls) await run("openssl", [...SELF_SIGNED, "-keyout", key, "-out", certificate], { ...owner, cwd: folder });
  const tls = speaksTls ? ["-c", "ssl=on", "-c", `ssl_cert_file=${certificate}`, "-c", `ssl_key_file=${key}`] : [];
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres?sslmode=disable`;

  async function start() {
    const options = ["-D", place, "-p", String(port), "-h", "127.0.0.1", "-c", "unix_socket_directories=", ...tls];
    const server = spawn(join(programs, "postgres"), options, { ...owner, cwd: folder, stdio: "ignore" });
    await until(() => answers(url));
    return server;
  }
  async function stop(): Promise<void> {
    if (server.exitCode !== null) return;
    const ended = once(server, "exit");
    // A fast shutdown: who is connected is thrown out.
    server.kill("SIGINT");
    await ended;
  }
  let server = await start();
  t.after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url,
    certificate,
    leave: stop,
    async comeBack() {
      server = await start();
    },
  };
}

const SELF_SIGNED =
  "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1".split(
    " ",
  );

/** PostgreSQL refuses to run as root, so root lends it the account that its package made. Undefined where there is none. */
function postgresUser(): { uid?: number; gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  const id = (what: string) => Number(execFileSync("id", [what, "postgres"], { encoding: "utf8", stdio: "pipe" }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

function newestPrograms(): string | undefined {
  const found = PLACES.flatMap((pattern) => globSync(pattern)).filter((place) => existsSync(join(place, "initdb")));
  return found.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true })).at(-1);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  assert.ok(address !== null && typeof address === "object");
  probe.close();
  await once(probe, "close");
  return address.port;
}

async function answers(url: string): Promise<true | undefined> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return undefined;
  }
}
