/** What a phone client and a look into the CRM ask of the running processes. */

import assert from "node:assert/strict";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import type { RunningProcess } from "./processes.ts";

export const LISTENING = /^Trunkline is listening on (\S+)$/m;
export const DEMO_CRM_LISTENING = /^The Demo CRM is listening on (\S+)$/m;

export async function askJson(method: string, url: string, body?: unknown, headers = {}): Promise<JsonObject> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${url}: ${answer.status} ${text}`);
  const value: unknown = JSON.parse(text);
  assert.ok(isJsonObject(value), text);
  return value;
}

/** Connects with the seeded key; answers the token. */
export async function logIn(url: string): Promise<string> {
  const login = { platform: "demo", apiKey: "demo-key", hostname: "localhost" };
  const { jwtToken } = await askJson("POST", `${url}/apiKeyLogin?state=platform=demo`, login);
  assert.ok(typeof jwtToken === "string");
  return jwtToken;
}

/** Luke's call, as the client posts it at its end. */
export function lukesCall(sessionId: string): object {
  const logInfo = {
    sessionId,
    direction: "Inbound",
    startTime: 1_780_000_000_000,
    duration: 61,
    result: "Call connected",
    from: { phoneNumber: "+16505551212", name: "Luke" },
    to: { phoneNumber: "+16505550100", name: "Ann" },
  };
  return { logInfo, note: "Wants two X-wings.", contactId: "1", contactType: "Contact", contactName: "Luke Skywalker" };
}

/** Every activity that stands in the Demo CRM. */
export async function activitiesIn(demoCrmUrl: string): Promise<JsonObject[]> {
  const authorization = `Basic ${btoa("demo-key:")}`;
  const { items } = await askJson("GET", `${demoCrmUrl}/api/activities?limit=1000`, undefined, { authorization });
  assert.ok(Array.isArray(items));
  return items.filter(isJsonObject);
}

/** What Trunkline says of a session. */
export async function logOf(url: string, token: string, sessionId: string): Promise<JsonObject> {
  const { logs } = await askJson("GET", `${url}/callLog?sessionIds=${sessionId}&jwtToken=${token}`);
  const log: unknown = Array.isArray(logs) ? logs[0] : undefined;
  assert.ok(isJsonObject(log));
  return log;
}

export async function stopped(running: RunningProcess): Promise<void> {
  running.kill("SIGTERM");
  const { code, stderr } = await running.exit;
  assert.equal(code, 0, stderr);
}
