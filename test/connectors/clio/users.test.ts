/** Who logged in to Clio, and their colleagues. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { getUserInfo, getUserList, unAuthorize } from "../../../src/connectors/clio/users.ts";
import { connected, failureOf } from "./connected.ts";

test("a tenant is an account of a region", async (t) => {
  const { fake, ann, context } = await connected(t);
  const info = await getUserInfo({ crm: context.crm, hostname: "eu.app.clio.com" });
  assert.deepEqual(info, {
    id: String(ann.id),
    name: "Ann Hall",
    tenant: `eu:${fake.state.account.id}`,
    timezoneName: "America/Los_Angeles",
    overridingHostname: "eu.app.clio.com",
  });
  const nowhere = await getUserInfo({ crm: context.crm, hostname: undefined });
  assert.equal(nowhere.tenant, `us:${fake.state.account.id}`);
  assert.equal(nowhere.overridingHostname, "app.clio.com");
});

test("colleagues are listed to the last page, without those who left", async (t) => {
  const { ann, context } = await connected(t, { largestPage: 1 });
  const list = await getUserList(context);
  assert.deepEqual(list[0], { id: String(ann.id), name: "Ann Hall", email: "ann@hall.example" });
  assert.deepEqual(
    list.map(({ name }) => name),
    ["Ann Hall", "Ben Ode"],
  );
});

test("ending the session ends the whole grant", async (t) => {
  const { fake, context } = await connected(t);
  await unAuthorize(context);
  assert.deepEqual(fake.grants.clients(), []);
  assert.equal((await failureOf(unAuthorize(context))).code, "crm-session-ended");
});
