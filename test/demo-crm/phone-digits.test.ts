/** Spellings of telephone numbers and the digits they are compared by. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";

import { comparableDigits } from "../../src/demo-crm/phone-digits.ts";

const cases: [spelling: string, digits: string | undefined][] = [
  ["(650) 555-1212", "6505551212"],
  ["650.555.1212 x5", "6505551212"],
  ["650 555 1212 ext. 5", "6505551212"],
  ["650-555-1212 Extension 50", "6505551212"],
  ["tel:+1-650-555-1212;ext=5", "16505551212"],
  ["6505551212,,5", "6505551212"],
  ["6505551212 #5", "6505551212"],
  ["+44 (0)20 7946 0958", "442079460958"],
  ["020 7946 0958", "2079460958"],
  ["0044 20 7946 0958", "442079460958"],
  ["555-1212", "5551212"],
  ["551212", undefined],
  ["x5551212", undefined],
  ["", undefined],
];
for (const [spelling, digits] of cases) {
  test(`"${spelling}" is compared by ${digits ?? "nothing"}`, () => assert.equal(comparableDigits(spelling), digits));
}

test("neither punctuation nor an extension changes what a number is compared by", () => {
  const number = fc.stringMatching(/^[1-9]\d{6,14}$/);
  const gap = fc.constantFrom("", " ", "-", ".", " - ", "/");
  const extension = fc.constantFrom("", " x5", " ext. 12", ";ext=7", " #9", ",,1");
  fc.assert(
    fc.property(number, fc.array(gap, { minLength: 15, maxLength: 15 }), extension, (digits, gaps, suffix) => {
      const spelling = `+${Array.from(digits, (digit, index) => digit + (gaps[index] ?? "")).join("")}${suffix}`;
      assert.equal(comparableDigits(spelling), digits);
    }),
  );
});
