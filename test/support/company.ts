/** A company at RingCentral, and another one: whose administrators and agents hold tokens. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type FakeRingCentral, startFakeRingCentral } from "../fake-ringcentral/fake-ringcentral.ts";
import type { FakeAccount, FakeExtension } from "../fake-ringcentral/state.ts";

export interface Company {
  ringCentral: FakeRingCentral;
  account: FakeAccount;
  /** Administers the account. */
  ann: FakeExtension;
  bob: FakeExtension;
  /** Administers another account. */
  eve: FakeExtension;
  tokens: { administrator: string; agent: string; otherAdministrator: string };
}

export async function company(t: TestContext): Promise<Company> {
  const ringCentral = await startFakeRingCentral();
  t.after(async () => {
    await ringCentral.close();
    assert.deepEqual(ringCentral.violations, []);
  });
  const { state, grants } = ringCentral;
  const account = state.addAccount();
  const named = (firstName: string, lastName: string) => ({ firstName, lastName });
  const ann = state.addExtension(account, { ...named("Ann", "Admin"), isAdministrator: true });
  const bob = state.addExtension(account, named("Bob", "Agent"));
  const eve = state.addExtension(state.addAccount({ name: "Evil Ltd" }), {
    ...named("Eve", "Elsewhere"),
    isAdministrator: true,
  });
  const [administrator, agent, otherAdministrator] = [ann, bob, eve].map((one) => grants.tokenOf(one));
  assert.ok(administrator !== undefined && agent !== undefined && otherAdministrator !== undefined);
  return { ringCentral, account, ann, bob, eve, tokens: { administrator, agent, otherAdministrator } };
}
