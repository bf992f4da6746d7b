/** The extensions of an account, page by page. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { allOf, callingRingCentral } from "./calling-ringcentral.ts";

test("all extensions in use are told, over all pages, with what user mapping compares", async (t) => {
  const { fake, account, ann, bob, as, asked } = await callingRingCentral(t, { largestPage: 2 });
  fake.state.addExtension(account, { firstName: "Gone", status: "Disabled" });
  const queue = fake.state.addExtension(account, { type: "Department", email: undefined });
  fake.state.addExtension(fake.state.addAccount(), { firstName: "Stranger" });
  Object.assign(bob, { department: "Sales", site: "Berlin" });
  const found = await allOf(as().extensions());
  assert.deepEqual(
    found.map(({ id }) => id),
    [ann, bob, queue].map(({ id }) => String(id)),
  );
  assert.deepEqual(found[1], {
    id: String(bob.id),
    extensionNumber: "102",
    name: "Bob Agent",
    firstName: "Bob",
    lastName: "Agent",
    email: "ann2@acme.example",
    type: "User",
    department: "Sales",
    site: "Berlin",
  });
  assert.deepEqual([found[2]?.type, found[2]?.email], ["Department", undefined]);
  assert.equal(asked().length, 2);
});

test("who has seen enough asks for no further page", async (t) => {
  const { ann, as, asked } = await callingRingCentral(t, { largestPage: 1 });
  for await (const extension of as().extensions()) {
    assert.equal(extension.id, String(ann.id));
    break;
  }
  assert.equal(asked().length, 1);
});
