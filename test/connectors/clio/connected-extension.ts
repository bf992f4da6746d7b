/** A whole Trunkline with the Clio connector, its fake CRM, and Ann, who logged in as the extension does. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { clio } from "../../../src/connectors/clio/index.ts";
import { isJsonObject, type JsonObject } from "../../../src/store/json.ts";
import { type FakeClio, type FakeClioOptions, startFakeClio } from "../../fake-crms/clio/fake-clio.ts";
import type { ClioContact, ClioUser } from "../../fake-crms/clio/state.ts";
import { type Running, runTrunkline, type WireAnswer } from "../../support/trunkline.ts";

const REDIRECT_URI = "https://ringcentral.github.io/ringcentral-embeddable/redirect.html";

export interface ConnectedExtension {
  fake: FakeClio;
  running: Running;
  ann: ClioUser;
  /** Somebody with the number +1 650 555 1212. */
  luke: ClioContact;
  /** Sends a request with Ann's token; the query is written as it goes out. */
  ask(method: string, path: string, body?: unknown): Promise<WireAnswer>;
}

/** Fails the test where anything reached the fake that it may not see. */
export async function clioAndTrunkline(t: TestContext, options: FakeClioOptions = {}) {
  const fake = await startFakeClio(options);
  t.after(async () => {
    await fake.close();
    assert.deepEqual([...fake.violations, ...fake.storage.violations], []);
  });
  const running = await runTrunkline(t, {
    connectors: [clio],
    environment: { DEMO_CRM: "off", ...fake.environment },
  });
  const [ann] = fake.state.users;
  assert.ok(ann);
  return { fake, running, ann };
}

export async function connectedExtension(t: TestContext, options: FakeClioOptions = {}): Promise<ConnectedExtension> {
  const { fake, running, ann } = await clioAndTrunkline(t, options);
  const luke = fake.state.addContact({ name: "Luke Skywalker", phones: ["(650) 555-1212"] });
  const token = await logIn(running, fake, ann);
  const ask: ConnectedExtension["ask"] = (method, path, body) =>
    running.send(method, `${path}${path.includes("?") ? "&" : "?"}jwtToken=${token}`, body);
  return { fake, running, ann, luke, ask };
}

export function callbackQuery(code: string, hostname = "app.clio.com", more = ""): string {
  return `/oauth-callback?callbackUri=${REDIRECT_URI}?code=${code}&state=platform=clio&hostname=${hostname}${more}`;
}

export async function logIn(running: Running, fake: FakeClio, user: ClioUser, hostname?: string): Promise<string> {
  const answer = await running.send("GET", callbackQuery(fake.grants.newCode(user.id), hostname));
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

/** POST /callLog right after a call with the contact of that id. */
export function newCall(sessionId: string, contactId: number, more: JsonObject = {}): JsonObject {
  return {
    logInfo: {
      sessionId,
      direction: "Inbound",
      result: "Call connected",
      startTime: Date.UTC(2026, 8, 21, 14, 13, 20),
      duration: 62,
      from: { phoneNumber: "+16505551212" },
      to: { phoneNumber: "+16505550100", name: "Ann Hall" },
    },
    note: "",
    additionalSubmission: {},
    contactId: String(contactId),
    contactType: "Person",
    contactName: "Luke Skywalker",
    ...more,
  };
}
