/** The Pipedrive connector's own functions, connected to a fake Pipedrive through the real client. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { Agent } from "undici";
import { pipedrive } from "../../../src/connectors/pipedrive/index.ts";
import { parsePhoneNumber } from "../../../src/core/phone-number.ts";
import type { CallerNumber, CallLogToCreate, CrmContext, MessageLogToCreate } from "../../../src/sdk/connector.ts";
import { createCrmHttp } from "../../../src/sdk/crm-http.ts";
import { TrunklineError } from "../../../src/sdk/errors.ts";
import {
  type FakePipedrive,
  type FakePipedriveOptions,
  startFakePipedrive,
} from "../../fake-crms/pipedrive/fake-pipedrive.ts";
import type { FakePerson, FakeUser } from "../../fake-crms/pipedrive/state.ts";
import { linesOf, roundsOf } from "../../fake-crms/support/recorded-request.ts";

export interface Connected {
  fake: FakePipedrive;
  context: CrmContext;
  /** The connected user, as the CRM knows them. */
  ann: FakeUser;
  /** Somebody with the number +1 650 555 1212. */
  luke: FakePerson;
  /** The user after somebody changed settings or logged in while other activity types were active. */
  asUser(changes: Partial<CrmContext["user"]>): CrmContext;
  /** What a piece of work cost: requests in the order of arrival, and rounds. */
  costOf(work: () => Promise<unknown>): Promise<{ requests: string[]; rounds: number }>;
}

export const NUMBER = "+16505551212";
/** 2026-03-08T06:30:15Z. */
export const STARTED_AT = Date.UTC(2026, 2, 8, 6, 30, 15);
const ANSWERS_AFTER_MS = 20;

/** Fails the test where anything reached the fake that Pipedrive's document or our schemas do not allow. */
export async function connected(t: TestContext, options: FakePipedriveOptions = {}): Promise<Connected> {
  const fake = await startFakePipedrive({ answersAfterMs: ANSWERS_AFTER_MS, ...options });
  const agent = new Agent();
  t.after(async () => {
    await agent.destroy();
    await fake.close();
    assert.deepEqual(fake.violations, []);
  });
  const ann = fake.state.addUser();
  const luke = fake.state.addPerson({ name: "Luke Skywalker", phones: ["(650) 555-1212"] });
  const tokens = fake.grants.exchange(fake.grants.newCode(ann.id));
  const crm = createCrmHttp({ agent, observe: () => undefined }).bind({
    platform: "pipedrive",
    displayName: "Pipedrive",
    origins: { api: fake.url },
    authorization: () => Promise.resolve(`Bearer ${tokens?.access_token ?? ""}`),
    meaningOfFailure: pipedrive.meaningOfFailure,
  });
  const user: CrmContext["user"] = {
    id: String(ann.id),
    tenant: String(fake.state.company.id),
    name: ann.name,
    hostname: "acme-sandbox.pipedrive.com",
    timeZone: ann.timezoneName,
    platformAdditionalInfo: { activityTypes: activeTypesOf(fake) },
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

function activeTypesOf({ state }: FakePipedrive) {
  return state.activityTypes.filter(({ active }) => active).map(({ key, name }) => ({ key, name }));
}

export function callerNumber(text: string = NUMBER): CallerNumber {
  const phone = parsePhoneNumber(text);
  assert.ok(phone);
  return phone;
}

export function callOf(person: { id: number }, changes: Partial<CallLogToCreate> = {}): CallLogToCreate {
  return {
    marker: "trunkline:7c9f2a34-66f1-4a39-8f0a-0d6b5b0a4d11",
    contact: { id: String(person.id), type: "contact", name: "Luke Skywalker", phoneNumber: NUMBER },
    direction: "Inbound",
    subject: "Inbound call from Luke Skywalker",
    body: "<b>Agent notes</b><br>cost $&amp; &lt;b&gt;<br><br><b>Call details</b><br><li><b>Result</b>: Answered</li>",
    startedAt: STARTED_AT,
    durationSeconds: 61,
    submission: {},
    ...changes,
  };
}

export function messagesOf(person: { id: number }, changes: Partial<MessageLogToCreate> = {}): MessageLogToCreate {
  return {
    marker: "trunkline:1f6bd1a8-94f5-4bd9-a9a6-2c2d1e0a7c22",
    kind: "SMS",
    contact: { id: String(person.id), type: "contact", name: "Luke Skywalker", phoneNumber: NUMBER },
    subject: "SMS conversation with Luke Skywalker - 26/03/08",
    body: "<b>SMS conversation</b><br><ul><li>Hello</li></ul>",
    startedAt: STARTED_AT,
    submission: {},
    ...changes,
  };
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
