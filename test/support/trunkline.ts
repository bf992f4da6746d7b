/** A whole Trunkline with its Demo CRM on free ports and a temporary database, and the client that talks to it as the extension does. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { loadConfig } from "../../src/config.ts";
import { CONNECTORS } from "../../src/connectors/index.ts";
import { createSchemaCompilers } from "../../src/http/schema-compilers.ts";
import { createLogger } from "../../src/logger.ts";
import { startTrunkline } from "../../src/server.ts";
import type { Connector } from "../../src/sdk/connector.ts";
import type { CrmRequestEvent } from "../../src/sdk/crm-http.ts";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";

export interface WireAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as a JSON object; fails the test where it is none. */
  json: JsonObject;
}

export interface Running {
  url: string;
  demoCrmUrl: string;
  /** The temporary folder with the database and the generated secrets. */
  folder: string;
  /** Everything that was logged, at the most talkative level. */
  logs: string[];
  /** Requests that reached the CRM since the last reset, as "GET /api/contacts". */
  crmRequests: string[];
  /** SQL statements since the last reset. */
  statements: string[];
  /** Sends a request; `path` may hold an unencoded query, as the client sends it. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<WireAnswer>;
  close(): Promise<void>;
}

export interface RunOptions {
  environment?: Record<string, string>;
  connectors?: readonly Connector[];
  /** A folder of an earlier run, to start again on its database. */
  folder?: string;
  /** Keeps the Demo CRM in that folder, too; it is in memory otherwise. */
  keepsDemoCrm?: boolean;
  /** Instead of SQLite in the folder. */
  databaseUrl?: string;
}

const compilers = await createSchemaCompilers();

export async function runTrunkline(t: TestContext, options: RunOptions = {}): Promise<Running> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "trunkline-test-"));
  const connectors = options.connectors ?? CONNECTORS;
  const config = loadConfig(
    {
      PORT: "0",
      DEMO_CRM_PORT: "0",
      DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, "trunkline.db")}`,
      DEMO_CRM_FILE: options.keepsDemoCrm === true ? join(folder, "demo-crm.db") : ":memory:",
      // Nothing answers there: a test that needs a RingCentral brings its own.
      RINGCENTRAL_SERVER: "http://127.0.0.1:1",
      LOG_LEVEL: "trace",
      ...options.environment,
    },
    connectors.flatMap((connector) => connector.variables),
  );
  const logs: string[] = [];
  const crmRequests: string[] = [];
  const statements: string[] = [];
  const running = await startTrunkline({
    config,
    connectors,
    compilers,
    logger: createLogger(config.logLevel, { write: (line) => logs.push(line) }),
    observe: {
      query: (event) => statements.push(event.query.sql),
      crmRequest: (event: CrmRequestEvent) => crmRequests.push(`${event.method} ${event.path}`),
    },
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await running.close();
  };
  t.after(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: running.url,
    demoCrmUrl: running.demoCrmUrl ?? "",
    folder,
    logs,
    crmRequests,
    statements,
    send: (method, path, body, headers = {}) => send(running.url, method, path, body, headers),
    close,
  };
}

async function send(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<WireAnswer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    redirect: "manual",
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    get json() {
      return objectIn(text);
    },
  };
}

function objectIn(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  assert.ok(isJsonObject(value), `expected a JSON object, got ${text.slice(0, 200)}`);
  return value;
}

/** Logs in to the Demo CRM with its seeded key; answers the token. */
export async function logIn(running: Running, apiKey = "demo-key"): Promise<string> {
  const answer = await running.send("POST", "/apiKeyLogin?state=platform=demo", {
    platform: "demo",
    apiKey,
    hostname: "localhost",
  });
  assert.equal(answer.status, 200, answer.text);
  const { jwtToken } = answer.json;
  assert.ok(typeof jwtToken === "string");
  return jwtToken;
}

/** Asks the Demo CRM itself, as Ann. */
export async function askCrm(running: Running, method: string, path: string, body?: unknown): Promise<JsonObject> {
  const answer = await send(running.demoCrmUrl, method, path, body, { authorization: `Basic ${btoa("demo-key:")}` });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json;
}

/** Every activity in the Demo CRM. */
export async function activitiesIn(running: Running): Promise<JsonObject[]> {
  const { items } = await askCrm(running, "GET", "/api/activities?limit=1000");
  assert.ok(Array.isArray(items));
  return items.filter(isJsonObject);
}

export interface Fault {
  match: string;
  kind: "429" | "500" | "delay" | "cut" | "timeout-after-write" | "malformed";
  times?: number;
  ms?: number;
  dialect?: "seconds" | "epoch";
}

/** Replaces the Demo CRM's faults; none switches all off. */
export async function setFaults(running: Running, ...faults: Fault[]): Promise<void> {
  const answer = await send(running.demoCrmUrl, "PUT", "/control/faults", faults, {});
  assert.equal(answer.status, 200, answer.text);
}

/** Waits, without guessing a time, until `read` answers something; fails after half a minute, the time in which everything must have recovered. */
export async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    assert.ok(Date.now() < deadline, "waited for half a minute in vain");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
