/** A Trunkline with a connector that was written for App Connect, a Demo CRM where it goes, and somebody who is logged in. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { adapted } from "../../src/app-connect/adapt.ts";
import { type AppConnectExports, exportsOf, type Members } from "../../src/app-connect/exports.ts";
import { manifestFrom } from "../../src/app-connect/manifest.ts";
import { openAppConnectDoors } from "../../src/app-connect/open-doors.ts";
import { loadFromAppConnect } from "../../src/commands/connector/app-connect.ts";
import type { Connector } from "../../src/sdk/connector.ts";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { type RunningCrm, runCrm } from "../demo-crm/running-crm.ts";
import { callBody } from "../ledger/call.ts";
import { type Running, runTrunkline, type WireAnswer } from "../support/trunkline.ts";

export interface Adapted {
  running: Running;
  crm: RunningCrm;
  /** What is sent as the user's host. */
  hostname: string;
  logIn(more?: Record<string, unknown>): Promise<WireAnswer>;
  /** Sends `GET /contact?…` and the like, as whoever logged in first. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<WireAnswer>;
  logCall(sessionId: string, more?: Record<string, unknown>): Promise<WireAnswer>;
  /** What stands in the CRM, the oldest first. */
  records(): Promise<JsonObject[]>;
}

/** One of the connectors in files beside this one. */
export async function connectorIn(path: string): Promise<Connector> {
  const [loaded] = await loadFromAppConnect(fileURLToPath(new URL(`./connectors/${path}`, import.meta.url)));
  assert.ok(loaded !== undefined);
  return loaded.connector;
}

export function todaysFunctions(): AppConnectExports["functions"] {
  openAppConnectDoors();
  const exports = exportsOf(createRequire(import.meta.url)("./connectors/today/index.cjs"));
  assert.ok(exports !== undefined);
  return exports.functions;
}

/** The connector of today's shape, with some of its functions and fields of its login form replaced, and little patience. */
export async function connectorWith(
  functions: Members,
  { content = [] }: { content?: Members[] } = {},
): Promise<Connector> {
  const exports = exportsOf({ ...Object.fromEntries(todaysFunctions()), ...functions });
  const form = { type: "apiKey", apiKey: { page: { title: "Key", content } } };
  const manifest = manifestFrom("today", { displayName: "Today CRM", auth: form, page: {} });
  assert.ok(exports !== undefined && !("problem" in manifest));
  return (await adapted({ exports, manifest, patience: { responseMs: 400, totalMs: 1_500 } })).connector;
}

export async function withAdapted(t: TestContext, connector: Connector): Promise<Adapted> {
  const crm = await runCrm(t);
  const [variable] = connector.variables;
  const environment = { DEMO_CRM: "off", [variable?.name ?? ""]: crm.url };
  const running = await runTrunkline(t, { connectors: [connector], environment });
  const hostname = new URL(crm.url).host;
  const { platform } = connector;
  const logIn = (more: Record<string, unknown> = {}) =>
    running.send("POST", `/apiKeyLogin?state=platform=${platform}`, {
      platform,
      apiKey: "demo-key",
      hostname,
      ...more,
    });
  let token: string | undefined;
  async function ask(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    token ??= String((await logIn()).json["jwtToken"]);
    return running.send(method, `${path}${path.includes("?") ? "&" : "?"}jwtToken=${token}`, body, headers);
  }
  return {
    running,
    crm,
    hostname,
    logIn,
    ask,
    logCall: (sessionId, more) => ask("POST", "/callLog", callBody(sessionId, more)),
    async records() {
      const headers = { authorization: `Basic ${btoa("demo-key:")}` };
      const page: unknown = await (await fetch(`${crm.url}/api/activities?limit=100`, { headers })).json();
      const items = isJsonObject(page) && Array.isArray(page["items"]) ? page["items"].filter(isJsonObject) : [];
      return items.toSorted((one, other) => Number(one["id"]) - Number(other["id"]));
    },
  };
}
