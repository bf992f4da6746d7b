/** The Clio connector's own functions, connected to a fake Clio through the real client. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { Agent } from "undici";
import { parsePhoneNumber } from "../../../src/core/phone-number.ts";
import type { CallerNumber, CallLogToCreate, CrmContext, MessageLogToCreate } from "../../../src/sdk/connector.ts";
import { createCrmHttp } from "../../../src/sdk/crm-http.ts";
import { TrunklineError } from "../../../src/sdk/errors.ts";
import { type FakeClio, type FakeClioOptions, startFakeClio } from "../../fake-crms/clio/fake-clio.ts";
import { CLIENTS } from "../../fake-crms/clio/oauth-routes.ts";
import type { ClioContact, ClioUser } from "../../fake-crms/clio/state.ts";
import { linesOf, roundsOf } from "../../fake-crms/support/recorded-request.ts";

export interface Connected {
  fake: FakeClio;
  context: CrmContext;
  /** The connected user, whose day is California's. */
  ann: ClioUser;
  /** Somebody with the number +1 650 555 1212, written as Americans write it. */
  luke: ClioContact;
  /** The user with other settings or in another place. */
  asUser(changes: Partial<CrmContext["user"]>): CrmContext;
  /** What a piece of work cost: requests in the order of arrival, and rounds. */
  costOf(work: () => Promise<unknown>): Promise<{ requests: string[]; rounds: number }>;
}

export const NUMBER = "+16505551212";
/** What the user's settings say about how numbers are written here. */
export const AMERICAN = "(***) ***-****";
/** 2026-03-08T06:30:15Z: still 7 March in California. */
export const STARTED_AT = Date.UTC(2026, 2, 8, 6, 30, 15);
export const MARKER = "trunkline:7c9f2a34-66f1-4a39-8f0a-0d6b5b0a4d11";
const ANSWERS_AFTER_MS = 20;

/** Fails the test where anything reached the fake that Clio's document or our schemas do not allow. */
export async function connected(t: TestContext, options: FakeClioOptions = {}): Promise<Connected> {
  const fake = await startFakeClio({ answersAfterMs: ANSWERS_AFTER_MS, ...options });
  const agent = new Agent();
  t.after(async () => {
    await agent.destroy();
    await fake.close();
    assert.deepEqual([...fake.violations, ...fake.storage.violations], []);
  });
  const [ann] = fake.state.users;
  assert.ok(ann);
  const luke = fake.state.addContact({ name: "Luke Skywalker", phones: ["(650) 555-1212"] });
  const tokens = fake.grants.exchange(fake.grants.newCode(ann.id), CLIENTS.us.id);
  const crm = createCrmHttp({ agent, observe: () => undefined }).bind({
    platform: "clio",
    displayName: "Clio",
    origins: { api: fake.url },
    authorization: () => Promise.resolve(`Bearer ${tokens?.access_token ?? ""}`),
  });
  const user: CrmContext["user"] = {
    id: String(ann.id),
    tenant: `us:${fake.state.account.id}`,
    name: ann.name,
    hostname: "app.clio.com",
    timeZone: ann.time_zone,
    platformAdditionalInfo: {},
    settings: {},
  };
  return {
    fake,
    ann,
    luke,
    context: { crm, user },
    asUser: (changes) => ({ crm, user: { ...user, ...changes } }),
    async costOf(work) {
      fake.requests.length = 0;
      await work();
      return { requests: linesOf(fake.requests), rounds: roundsOf(fake.requests) };
    },
  };
}

export function callerNumber(text: string = NUMBER, formats: readonly string[] = [AMERICAN]): CallerNumber {
  const phone = parsePhoneNumber(text, { formats });
  assert.ok(phone);
  return phone;
}

export function callOf(contact: { id: number }, changes: Partial<CallLogToCreate> = {}): CallLogToCreate {
  return {
    marker: MARKER,
    contact: { id: String(contact.id), type: "Person", name: "Luke Skywalker", phoneNumber: NUMBER },
    direction: "Inbound",
    subject: "Inbound call from Luke Skywalker",
    body: "- Note: cost $& <b>\n- Result: Answered\n",
    startedAt: STARTED_AT,
    durationSeconds: 61,
    submission: {},
    ...changes,
  };
}

export function messagesOf(contact: { id: number }, changes: Partial<MessageLogToCreate> = {}): MessageLogToCreate {
  return {
    marker: "trunkline:1f6bd1a8-94f5-4bd9-a9a6-2c2d1e0a7c22",
    kind: "SMS",
    contact: { id: String(contact.id), type: "Person", name: "Luke Skywalker", phoneNumber: NUMBER },
    subject: "SMS conversation with Luke Skywalker - 26/03/07",
    body: "SMS conversation\n\nHello\n",
    startedAt: STARTED_AT,
    submission: {},
    ...changes,
  };
}

/** Settings as the client stores them. */
export function settings(values: Record<string, unknown>): { settings: Record<string, unknown> } {
  return { settings: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }])) };
}

/** The only one of them. */
export function theOnly<Item>(items: readonly Item[]): Item {
  const [first] = items;
  assert.ok(first !== undefined && items.length === 1, `expected one, got ${items.length}`);
  return first;
}

/** Runs work that must fail, and answers how. */
export async function failureOf(work: Promise<unknown>): Promise<TrunklineError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  assert.ok(thrown instanceof TrunklineError, `expected a TrunklineError, got ${String(thrown)}`);
  return thrown;
}
