/** A fake RingCentral with one company in it, and Trunkline's client of it. What the fake objects to fails the test. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { Agent } from "undici";
import type { PlatformRequestEvent } from "../../src/ringcentral/platform-http.ts";
import { createRingCentral, type RingCentral, type RingCentralSession } from "../../src/ringcentral/ringcentral.ts";
import { TrunklineError } from "../../src/sdk/errors.ts";
import { linesOf } from "../fake-crms/support/recorded-request.ts";
import {
  type FakeRingCentral,
  type FakeRingCentralOptions,
  startFakeRingCentral,
} from "../fake-ringcentral/fake-ringcentral.ts";
import { APP } from "../fake-ringcentral/oauth-routes.ts";
import type { FakeAccount, FakeExtension } from "../fake-ringcentral/state.ts";

export interface Calling {
  fake: FakeRingCentral;
  ringCentral: RingCentral;
  account: FakeAccount;
  /** Administers the account. */
  ann: FakeExtension;
  bob: FakeExtension;
  /** As ann, or whoever is named, with a token that is not renewed. */
  as(extension?: FakeExtension): RingCentralSession;
  events: PlatformRequestEvent[];
  /** Requests since the last look, as "GET /restapi/…". */
  asked(): string[];
}

export interface CallingOptions extends FakeRingCentralOptions {
  withoutApp?: boolean;
}

export async function callingRingCentral(t: TestContext, options: CallingOptions = {}): Promise<Calling> {
  const fake = await startFakeRingCentral(options);
  const agent = new Agent();
  const events: PlatformRequestEvent[] = [];
  t.after(async () => {
    await agent.destroy();
    await fake.close();
    assert.deepEqual(fake.violations, []);
  });
  const account = fake.state.addAccount();
  const ann = fake.state.addExtension(account, { firstName: "Ann", lastName: "Admin", isAdministrator: true });
  const bob = fake.state.addExtension(account, { firstName: "Bob", lastName: "Agent" });
  const ringCentral = createRingCentral({
    agent,
    server: fake.url,
    app: options.withoutApp === true ? undefined : APP,
    observe: (event) => events.push(event),
    now: fake.clock.now,
  });
  return {
    fake,
    ringCentral,
    account,
    ann,
    bob,
    as(extension = ann) {
      const token = fake.grants.tokenOf(extension);
      return ringCentral.as({ accessToken: () => Promise.resolve(token) });
    },
    events,
    asked: () => linesOf(fake.requests.splice(0)),
  };
}

export async function failureOf(work: Promise<unknown>): Promise<TrunklineError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof TrunklineError, `expected a failure, got ${String(thrown)}`);
  return thrown;
}

export function codeAndRetry({ code, retry }: TrunklineError): [TrunklineError["code"], TrunklineError["retry"]] {
  return [code, retry];
}

export async function allOf<Kept>(records: AsyncIterable<Kept>): Promise<Kept[]> {
  const all: Kept[] = [];
  for await (const record of records) all.push(record);
  return all;
}
