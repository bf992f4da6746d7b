/** Which numbers, as people type them into a CRM, are the caller's line. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { parsePhoneNumber } from "../../src/core/phone-number.ts";

const same: Record<string, string[]> = {
  "+16505551212": [
    "+16505551212",
    "16505551212",
    "6505551212",
    "(650) 555-1212",
    "(650)555-1212",
    "650-555-1212",
    "650.555.1212",
    "650 555 1212",
    "1 (650) 555-1212",
    "1.650.555.1212",
    "+1.650.555.1212",
    "(+1) 650-555-1212",
    "+1 (0) 650 555 1212",
    "0016505551212",
    "011 1 650 555 1212",
    "650\u00a0555\u20111212",
    "６５０－５５５－１２１２",
    "٦٥٠-٥٥٥-١٢١٢",
    "۶۵۰ ۵۵۵ ۱۲۱۲",
    "\u202d+1 650-555-1212\u202c",
    "tel:+1-650-555-1212",
    "tel:6505551212;phone-context=example.com",
    "650-555-1212 x5",
    "650-555-1212x5",
    "650-555-1212 ext. 5",
    "650-555-1212, ext 5",
    "650-555-1212 (ext 5)",
    "650-555-1212 #5",
    "650-555-1212,,5",
    "+1-650-555-1212;ext=5",
    "Phone #: 650-555-1212",
    "650-555-1212 / 650-555-1313",
    "650-555-1313/650-555-1212",
    "650-555-1313 650-555-1212",
    "(650) 555-1313 (650) 555-1212",
    "650-555-1313, 650-555-1212",
    "650-555-1313; 650-555-1212",
    "650-555-1313 or 650-555-1212",
    "650-555-1313 x7, 650-555-1212 x5",
    "home: 650-555-1313, cell: 650-555-1212",
    "home 650-555-1313\ncell 650-555-1212",
    "+1 650 555 1313 +1 650 555 1212",
    "650-555-1212 (2)",
    "650-555-1212 (since 2019)",
  ],
  "+442079460958": [
    "+44 (0)20 7946 0958",
    "0044 (0)20 7946 0958",
    "44 (0)20 7946 0958",
    "020 7946 0958",
    "(020) 7946 0958",
    "20 7946 0958",
    "442079460958",
    "+44.20.7946.0958",
  ],
  "+33123456789": ["01 23 45 67 89", "01.23.45.67.89", "+33 (0)1 23 45 67 89", "0033 1 23 45 67 89", "33123456789"],
  "+4930901820": [
    "030/901820",
    "030 / 90 18 20",
    "+49 (0) 30 901820",
    "+49 30 901820-0 / 030 901820",
    "0049-30-901820",
  ],
  "+390612345678": ["06 1234 5678", "+39 06 12345678", "0039 06 1234 5678", "+39 (06) 1234-5678"],
  "+393471234567": ["347 1234567", "+39 347 123 4567", "393471234567"],
  "+34912345678": ["912 34 56 78", "+34 (0)912 345 678", "0034 912345678"],
  "+5491123456789": [
    "+54 9 11 2345-6789",
    "011 15 2345-6789",
    "(011) 15-2345-6789",
    "11 15 2345 6789",
    "+54 11 15 2345 6789",
    "+54 11 2345 6789",
    "0054 9 11 2345 6789",
  ],
  "+541123456789": ["011 2345-6789", "+5491123456789", "11 2345-6789"],
  "+525512345678": [
    "55 1234 5678",
    "+52 1 55 1234 5678",
    "01 55 1234 5678",
    "044 55 1234 5678",
    "045 55 1234 5678",
    "1 55 1234 5678",
    "5215512345678",
  ],
  "+5215512345678": ["+52 55 1234 5678", "55 1234 5678"],
  "+5511912345678": ["(11) 91234-5678", "011 91234-5678", "0 15 11 91234-5678", "+55 (11) 91234-5678"],
  "+61291234567": ["(02) 9123 4567", "+61 2 9123 4567", "0011 61 2 9123 4567", "02 9123 4567"],
  "+74951234567": ["8 (495) 123-45-67", "+7 495 123 45 67", "495 123-45-67"],
  "+81112311111": ["011-231-1111", "+81-11-231-1111", "+81 (0)11 231 1111"],
  "+919812345678": ["098123 45678", "98123 45678", "+91-98123-45678", "९८१२३४५६७८"],
  "+36301234567": ["06 30 123 4567", "+36 30 123 4567", "+36 (06) 30 123 4567"],
  "+4722123456": ["22 12 34 56", "+47 22 12 34 56", "22123456, 22123457"],
  "+80012345678": ["+800 1234 5678", "00 800 1234 5678"],
  "+16505551212 x5": ["650-555-1212", "650-555-1212 x5", "650-555-1212 extension 5"],
  "12345": ["12345", "12-345", "Code: 12345"],
};
for (const [caller, spellings] of Object.entries(same))
  for (const stored of spellings)
    test(`${caller} is ${JSON.stringify(stored)}`, () => assert.equal(parsePhoneNumber(caller)?.matches(stored), true));

const different: Record<string, string[]> = {
  "+16505551212": [
    "",
    "-",
    "n/a",
    "+33 6 50 55 51 21 2",
    "+44 650 555 1212",
    "+999 650 555 1212",
    "+999 (650) 555-1212",
    "+336505551212",
    "+7 650 555 1212",
    "555-1212",
    "5551212",
    "1212",
    "650-555-1213",
    "16505551212345",
    "1-800-FLOWERS",
  ],
  "+12345678901": ["+33 2 34 56 78 90", "+2345678901", "+49 2345678901"],
  "+11234567890": ["+33 1 23 45 67 89", "01 23 45 67 89"],
  "+33123456789": ["+1 123 456 789", "+39 0123 456789", "+1 012 345 6789", "+44 1234 56789", "23 45 67 89"],
  "+442079460958": ["+1 207 946 0958", "7946 0958", "+353 20 7946 0958"],
  "+390612345678": ["+39 6 1234 5678", "6 1234 5678", "+1 061 234 5678"],
  "+541123456789": ["+54 9 11 2345 6780", "2345-6789", "+1 112 345 6789"],
  "+525512345678": ["+52 1 55 1234 5679", "+1 551 234 5678", "1234 5678"],
  "+16505551212 x5": ["650-555-1212 x6", "650-555-1212 x55", "650-555-1212 x05"],
  "12345": ["123456", "2345", "+1 12345", "12345 / 650-555-1212", "650-555-1212 x12345", "12345 Main Street"],
  "1212": ["650-555-1212", "x1212"],
};
for (const [caller, spellings] of Object.entries(different))
  for (const stored of spellings)
    test(`${caller} is not ${JSON.stringify(stored)}`, () =>
      assert.equal(parsePhoneNumber(caller)?.matches(stored), false));

test("matches can be passed on as a function", () =>
  assert.deepEqual(
    ["650-555-1212", "650-555-1213"].filter(parsePhoneNumber("+16505551212")?.matches ?? assert.fail()),
    ["650-555-1212"],
  ));

test("a number without a country code is taken as the caller's own country's", () => {
  assert.equal(parsePhoneNumber("+442079460958")?.matches("2079460958"), true);
  assert.equal(parsePhoneNumber("+12079460958")?.matches("2079460958"), true);
});

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789".split("")), minLength: length, maxLength: length });
const plans = [
  { code: "1", trunk: "1", area: ["650", "212", "416"], rest: 7, first: "5" },
  { code: "44", trunk: "0", area: ["20", "161"], rest: 8, first: "7" },
  { code: "33", trunk: "0", area: ["1", "6"], rest: 8, first: "2" },
  { code: "49", trunk: "0", area: ["30", "171"], rest: 8, first: "2" },
  { code: "39", trunk: "", area: ["06", "02"], rest: 8, first: "1" },
  { code: "34", trunk: "", area: ["91", "93"], rest: 7, first: "2" },
  { code: "61", trunk: "0", area: ["2", "3"], rest: 8, first: "9" },
  { code: "81", trunk: "0", area: ["3"], rest: 8, first: "5" },
  { code: "52", trunk: "01", area: ["55"], rest: 8, first: "5" },
  { code: "7", trunk: "8", area: ["495", "812"], rest: 7, first: "2" },
];
const line = fc
  .constantFrom(...plans)
  .chain((plan) =>
    fc.record({ plan: fc.constant(plan), area: fc.constantFrom(...plan.area), rest: digits(plan.rest - 1) }),
  )
  .map(({ plan, area, rest }) => ({
    ...plan,
    area,
    rest: `${plan.first}${rest}`,
    e164: `+${plan.code}${area}${plan.first}${rest}`,
  }))
  .filter(({ e164 }) => (parsePhoneNumber(e164, { formats: ["*"] })?.spellings.length ?? 0) > 1);
const gap = fc.constantFrom("", " ", "-", ".", "\u00a0", "\u2011", " - ");

test("every way of writing a valid number is that number, and no other country's", () => {
  fc.assert(
    fc.property(
      line,
      gap,
      fc.nat(6),
      fc.constantFrom("", " x12", " ext. 12", ";ext=12", ", 12"),
      (number, space, cut, tail) => {
        const { code, trunk, area, e164 } = number;
        const rest = `${number.rest.slice(0, cut)}${cut > 0 ? space : ""}${number.rest.slice(cut)}`;
        const caller = parsePhoneNumber(e164) ?? assert.fail(e164);
        for (const written of [
          `+${code}${space}${area}${space}${rest}`,
          `00${code}${space}${area}${space}${rest}`,
          `+${code} (${area}) ${rest}`,
          `${trunk}${space}${area}${space}${rest}`,
          `(${trunk}${area}) ${rest}`,
          `${area}${space}${rest}`,
        ])
          assert.ok(caller.matches(`${written}${tail}`), `${e164} as ${written}${tail}`);
        const elsewhere = plans.filter((plan) => plan.code !== code);
        for (const plan of elsewhere)
          assert.ok(!caller.matches(`+${plan.code} ${area} ${rest}`), `${e164} in +${plan.code}`);
      },
    ),
    { numRuns: 500 },
  );
});
