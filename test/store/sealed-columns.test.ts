/** What is sealed can be sealed anew: no column with sealed values is unknown to the rotation of keys. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const STORE = new URL("../../src/store/", import.meta.url);
/** By which a start recognises the key; it is renewed by itself. */
const KEY_CHECK = "key_check.sealed";

test("the rotation of keys knows every column with sealed values", () => {
  const files = readdirSync(STORE).filter((name) => name.endsWith(".ts"));
  const sources = files.map((name) => readFileSync(new URL(name, STORE), "utf8"));
  // A sealed value is bound to its row and column: the place ends with their name.
  const places = sources.flatMap((source) =>
    [...source.matchAll(/JSON\.stringify\(\[[^\]]*?["`](\w+)\.([^"`]+)["`],?\s*\]\)/g)].map(
      ([, table = "", column = ""]) => `${table}.${column}`,
    ),
  );
  const rotation = readFileSync(new URL("key-rotation.ts", STORE), "utf8");
  const known = [...rotation.matchAll(/table: "(\w+)",\s*column: "(\w+)"/g)].map(
    ([, table, column]) => `${table}.${column}`,
  );
  const byName = places.filter((place) => place !== KEY_CHECK && !place.includes("$"));
  assert.ok(byName.length > 10 && places.includes("log_entries.${column}"), places.join());
  assert.deepEqual(
    byName.filter((place) => !known.includes(place)),
    [],
  );
});
