/** What a telephone number is read as, and how it is spelled for a CRM's search. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { applyFormat, parsePhoneNumber, splitFormats } from "../../src/core/phone-number.ts";

const read: [text: string, e164: string, defaultCountry?: string][] = [
  ["+16505551212", "+16505551212"],
  [" 16505551212", "+16505551212"],
  [" 442079460958", "+442079460958"],
  [" 6505551212", "+16505551212"],
  ["16505551212", "+16505551212"],
  ["(650) 555-1212", "+16505551212"],
  ["+(1) 650 555 1212", "+16505551212"],
  ["0016505551212", "+16505551212"],
  ["0033123456789", "+33123456789"],
  ["0033123456789", "+33123456789", "GB"],
  ["011442079460958", "+442079460958"],
  ["+011442079460958", "+442079460958"],
  ["+00442079460958", "+442079460958"],
  ["0011442079460958", "+442079460958", "AU"],
  ["442079460958", "+442079460958"],
  ["020 7946 0958", "+442079460958", "GB"],
  ["020 7946 0958", "+442079460958", "gb"],
  ["011 231 1111", "+81112311111", "JP"],
  ["011 4123-4567", "+541141234567", "AR"],
  ["+39 06 1234 5678", "+390612345678"],
  ["+5215512345678", "+525512345678"],
  ["+80012345678", "+80012345678"],
  ["tel:+1-650-555-1212", "+16505551212"],
  ["tel:%2B1-650-555-1212;isub=99999", "+16505551212"],
  ["tel:555-1212;phone-context=+1-650", "+16505551212"],
  ["+١٦٥٠٥٥٥١٢١٢", "+16505551212"],
  ["\u202a+1 (650) 555\u20111212\u202c", "+16505551212"],
  ["(650) 555-1212", "+16505551212", "nowhere"],
];
for (const [text, e164, defaultCountry] of read)
  test(`${JSON.stringify(text)} is read as ${e164}${defaultCountry ? ` from ${defaultCountry}` : ""}`, () =>
    assert.equal(parsePhoneNumber(text, defaultCountry ? { defaultCountry } : {})?.e164, e164));

test("a number comes with its country, its national number and its digits", () => {
  const { matches, ...facts } = parsePhoneNumber(" 1 650-555-1212 x5") ?? assert.fail("not a number");
  assert.ok(matches("650 555 1212"));
  assert.deepEqual(facts, {
    raw: "1 650-555-1212 x5",
    e164: "+16505551212",
    country: "US",
    national: "6505551212",
    digits: "16505551212",
    extension: "5",
    spellings: ["+16505551212"],
  });
});

test("the zero of an Italian number belongs to its national number", () =>
  assert.equal(parsePhoneNumber("+390612345678")?.national, "0612345678"));

for (const short of ["12345", "101", "72-345", "*123", "Ext. 101", " 12345", "555-1212"])
  test(`${JSON.stringify(short)} is short digits, not a subscriber's number`, () => {
    const number = parsePhoneNumber(short, { formats: ["***-***"] });
    const digits = short.replaceAll(/\D/g, "");
    assert.equal(number?.e164, undefined);
    assert.deepEqual([number?.national, number?.digits, number?.spellings], [digits, digits, [digits]]);
  });

test("a short code is no number of a country that allows short numbers", () =>
  assert.equal(parsePhoneNumber("12345", { defaultCountry: "DE" })?.e164, undefined));

for (const nothing of ["", " ", "5", "anonymous", "1-800-FLOWERS", "0800-REISE", "client:john42", "+"])
  test(`${JSON.stringify(nothing)} is no telephone number`, () => assert.equal(parsePhoneNumber(nothing), undefined));

test("a valid number is spelled as E.164, then in each distinct format", () =>
  assert.deepEqual(
    parsePhoneNumber("+16505551212", { formats: ["(***) ***-****", "##########", "(###) ###-####"] })?.spellings,
    ["+16505551212", "(650) 555-1212", "6505551212"],
  ));

test("a number that no country gives out is not spelled in formats", () =>
  assert.deepEqual(parsePhoneNumber("+11234567890", { formats: ["***"] })?.spellings, ["+11234567890"]));

test("a format without a placeholder is not a spelling", () =>
  assert.deepEqual(parsePhoneNumber("+16505551212", { formats: ["phone"] })?.spellings, ["+16505551212"]));

const filled: [format: string, national: string, expected: string][] = [
  ["(***) ***-****", "6505551212", "(650) 555-1212"],
  ["*## ***", "650555", "650 555"],
  ["****-****", "12345", "1234-5***"],
  ["***", "6505551212", "650"],
  ["", "650", ""],
  ["$1 $& *", "7", "$1 $& 7"],
];
for (const [format, national, expected] of filled)
  test(`${JSON.stringify(format)} filled with ${national} is ${JSON.stringify(expected)}`, () =>
    assert.equal(applyFormat(format, national), expected));

test("formats arrive joined by commas, and at most three are kept", () => {
  assert.deepEqual(splitFormats(undefined), []);
  assert.deepEqual(splitFormats(""), []);
  assert.deepEqual(splitFormats("(***) ***-****,, ### "), ["(***) ***-****", "###"]);
  assert.deepEqual(splitFormats("*,**,***,****"), ["*", "**", "***"]);
});

test("no text makes the parser throw, and what it returns is consistent", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.string({ unit: fc.constantFrom(..."+0123456789()-./ ,;:#x=٣５\u00a0".split("")), maxLength: 60 }),
  );
  fc.assert(
    fc.property(text, text, fc.option(text, { nil: "US" }), (received, stored, defaultCountry) => {
      const number = parsePhoneNumber(received, { defaultCountry, formats: [stored] });
      if (!number) return;
      assert.match(number.digits, /^\d{2,250}$/);
      assert.match(number.e164 ?? "+10", /^\+[1-9]\d{1,16}$/);
      assert.ok(number.spellings.length > 0 && number.raw.length <= 250);
      number.matches(stored);
      assert.ok(number.matches(number.e164 ?? number.digits));
    }),
    { numRuns: 2000 },
  );
});

for (const [name, text] of [
  ["digits", "1".repeat(10_000)],
  ["punctuation", "( ".repeat(5_000)],
  ["extensions", "650-555-1212,".repeat(800)],
  ["percent signs", `tel:${"%25".repeat(3_000)}`],
] as const)
  test(`10 kB of ${name} is read no further than a field's length`, () => {
    assert.ok((parsePhoneNumber(text)?.raw.length ?? 0) <= 250);
    assert.equal(parsePhoneNumber("+442079460958")?.matches(text), false);
  });
