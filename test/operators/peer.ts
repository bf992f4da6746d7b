/** An App Connect server that runs, and what clients ask of it and of ours. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { until } from "../support/processes.ts";

const PEER_MODULES = fileURLToPath(new URL("../../bench/peer/node_modules", import.meta.url));
const PEER = fileURLToPath(new URL("./peer-server.cjs", import.meta.url));

/** Why it cannot be started here; false where it can, and in CI, where it must not be missing. */
export const skipWithoutPeer: string | false =
  existsSync(join(PEER_MODULES, "@app-connect/core")) || process.env["CI"]
    ? false
    : "App Connect is not installed: npm ci --ignore-scripts in bench/peer";

export async function startPeer(t: TestContext, environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [PEER], {
    env: { ...environment, NODE_PATH: PEER_MODULES, IS_PROD: "true" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const url = await until("to listen", async () => {
    assert.equal(child.exitCode, null, said);
    return /listening on (\S+)/.exec(said)?.[1];
  });
  // It answers before its tables are there.
  await until("to have its tables", async () => ((await fetch(`${url}/isAlive`)).ok ? true : undefined));
  return url;
}

/** Asks one of the two servers; answers the body, which is text at times. */
export async function ask(
  origin: string,
  route: string,
  { body, jwt, rc, query = "" }: { body?: object; jwt?: string; rc?: string; query?: string } = {},
): Promise<unknown> {
  const [method = "", path = ""] = route.split(" ");
  const answer = await fetch(`${origin}${path}?${[jwt === undefined ? "" : `jwtToken=${jwt}`, query].join("&")}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(rc === undefined ? {} : { "x-rc-access-token": rc }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, `${route}: ${text}`);
  if (!/json/.test(answer.headers.get("content-type") ?? "")) return text;
  const json: unknown = JSON.parse(text);
  return json;
}

export async function askObject(...asked: Parameters<typeof ask>): Promise<JsonObject> {
  const answer = await ask(...asked);
  assert.ok(isJsonObject(answer), JSON.stringify(answer));
  return answer;
}
