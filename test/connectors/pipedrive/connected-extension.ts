/** A whole Trunkline with the Pipedrive connector, its fake CRM, and a person who logged in as the extension does. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { pipedrive } from "../../../src/connectors/pipedrive/index.ts";
import { isJsonObject, type JsonObject } from "../../../src/store/json.ts";
import {
  type FakePipedrive,
  type FakePipedriveOptions,
  startFakePipedrive,
} from "../../fake-crms/pipedrive/fake-pipedrive.ts";
import type { FakeUser } from "../../fake-crms/pipedrive/state.ts";
import { type Running, runTrunkline, type WireAnswer } from "../../support/trunkline.ts";

export const SERVER = "https://trunkline.example.com";
export const REDIRECT_URI = `${SERVER}/pipedrive-redirect`;

export interface ConnectedExtension {
  fake: FakePipedrive;
  running: Running;
  ann: FakeUser;
  /** Sends a request with Ann's token; the query is written as it goes out. */
  ask(method: string, path: string, body?: unknown): Promise<WireAnswer>;
}

/** Fails the test where anything reached the fake that it may not see. */
export async function pipedriveAndTrunkline(t: TestContext, options: FakePipedriveOptions = {}) {
  const fake = await startFakePipedrive({ redirectUri: REDIRECT_URI, ...options });
  t.after(async () => {
    await fake.close();
    assert.deepEqual(fake.violations, []);
  });
  const running = await runTrunkline(t, {
    connectors: [pipedrive],
    environment: { DEMO_CRM: "off", APP_SERVER: SERVER, ...fake.environment },
  });
  return { fake, running };
}

export async function connectedExtension(
  t: TestContext,
  options: FakePipedriveOptions = {},
): Promise<ConnectedExtension> {
  const { fake, running } = await pipedriveAndTrunkline(t, options);
  const ann = fake.state.addUser();
  const token = await logIn(running, fake, ann);
  return {
    fake,
    running,
    ann,
    ask: (method, path, body) =>
      running.send(method, `${path}${path.includes("?") ? "&" : "?"}jwtToken=${token}`, body),
  };
}

export function callbackQuery(code: string, more = ""): string {
  return `/oauth-callback?callbackUri=${REDIRECT_URI}?code=${code}&state=platform=pipedrive&hostname=temp${more}`;
}

export async function logIn(running: Running, fake: FakePipedrive, user: FakeUser): Promise<string> {
  const answer = await running.send("GET", callbackQuery(fake.grants.newCode(user.id)));
  const { jwtToken } = answer.json;
  assert.ok(typeof jwtToken === "string", answer.text);
  return jwtToken;
}

export function objectsIn(value: unknown): JsonObject[] {
  assert.ok(Array.isArray(value), `expected a list, got ${JSON.stringify(value)}`);
  return value.filter(isJsonObject);
}

export function objectIn(value: unknown): JsonObject {
  assert.ok(isJsonObject(value), `expected an object, got ${JSON.stringify(value)}`);
  return value;
}

/** POST /callLog right after a call with the person of that id. */
export function newCall(sessionId: string, contactId: number, more: JsonObject = {}): JsonObject {
  return {
    logInfo: {
      sessionId,
      direction: "Inbound",
      result: "Call connected",
      startTime: Date.UTC(2026, 8, 21, 14, 13, 20),
      duration: 62,
      from: { phoneNumber: "+16505551212" },
      to: { phoneNumber: "+16505550100", name: "Ann Agent" },
    },
    note: "",
    additionalSubmission: {},
    contactId: String(contactId),
    contactType: "contact",
    contactName: "Luke Skywalker",
    ...more,
  };
}
