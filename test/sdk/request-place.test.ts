/** Where a request goes, beside what a URL makes of the same path and query. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { placeAt } from "../../src/sdk/request-place.ts";

const ORIGIN = "https://api.example.com";

function byUrl(target: string, query: Record<string, string>) {
  const url = new URL(target, ORIGIN);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  return { origin: url.origin, path: url.pathname, search: url.search };
}

const paths = fc
  .array(fc.oneof(fc.constantFrom("/", ".", "..", "//", "\\", "%2e", "#", "?", " ", "@", ":", "é"), fc.string()))
  .map((pieces) => `/${pieces.join("")}`);

test("a path leads where a URL says, or nowhere at all", () => {
  fc.assert(
    fc.property(paths, (target) => {
      const expected = URL.canParse(target, ORIGIN) ? byUrl(target, {}) : undefined;
      fc.pre(expected !== undefined);
      assert.deepEqual(placeAt(ORIGIN, target), expected?.origin === ORIGIN ? expected : undefined);
    }),
  );
});

test("a query is encoded as a URL encodes it", () => {
  const values = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("+1 (650) 555~1212", "a*b'!()"),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), values), (query) => {
      assert.deepEqual(placeAt(ORIGIN, "/things", query), byUrl("/things", query));
    }),
  );
});

test("what is undefined is left out, and a query that the path brings is kept", () => {
  assert.deepEqual(placeAt(ORIGIN, "/things?a=1", { b: 2, none: undefined, c: true }), {
    origin: ORIGIN,
    path: "/things",
    search: "?a=1&b=2&c=true",
  });
});
