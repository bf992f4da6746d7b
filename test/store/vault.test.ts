/** Encryption at rest. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createVault } from "../../src/store/vault.ts";

test("what is sealed is read again, never twice the same, and never in the clear", () => {
  const vault = createVault(["a key"]);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (text, place) => {
      const sealed = vault.seal(text, place);
      assert.equal(vault.open(sealed, place), text);
      assert.notEqual(vault.seal(text, place), sealed);
      assert.ok(text.length < 8 || !sealed.includes(text));
    }),
  );
});

test("a value that was moved to another place, changed, or sealed with a key that is gone cannot be opened", () => {
  const vault = createVault(["a key"]);
  const sealed = vault.seal("secret", "users/1");
  assert.throws(() => vault.open(sealed, "users/2"));
  const [format, key, body = ""] = sealed.split(".");
  const changed = `${body.startsWith("A") ? "B" : "A"}${body.slice(1)}`;
  assert.throws(() => vault.open(`${format}.${key}.${changed}`, "users/1"));
  assert.throws(() => createVault(["another key"]).open(sealed, "users/1"), /a key that this server does not have/);
});

test("the first key seals, all of them open", () => {
  const before = createVault(["old"]).seal("secret", "here");
  const rotating = createVault(["new", "old"]);
  assert.equal(rotating.open(before, "here"), "secret");
  assert.equal(createVault(["new"]).open(rotating.seal("secret", "here"), "here"), "secret");
});
