/** Telephone numbers: read as received, spelled as a CRM may hold them, compared with what people typed. */

import { type PhoneNumber as Reading } from "libphonenumber-js/max";
import { firstValid, homeCountry, type Home, readNumber } from "./phone/numbering-plan.ts";
import { plainText, soleDigits, writtenNumbers } from "./phone/written-numbers.ts";

export interface PhoneNumber {
  /** As received, trimmed, at most 250 characters. */
  readonly raw: string;
  /** "+16505551212", when the digits can be a subscriber's number somewhere. */
  readonly e164: string | undefined;
  /** "US"; undefined for a possible number that no country has given out. */
  readonly country: string | undefined;
  /** National significant number, "6505551212"; all the digits of a short code or an extension. */
  readonly national: string;
  /** All digits of `e164`, or of `raw`. */
  readonly digits: string;
  readonly extension: string | undefined;
  /** E.164 (or the short digits), then each distinct overriding format of a valid number. */
  readonly spellings: readonly string[];
  /** Is this the same line as a number typed into a CRM by a person? Needs no `this`. */
  readonly matches: (stored: string) => boolean;
}

export interface ParseOptions {
  readonly formats?: readonly string[];
  readonly defaultCountry?: string;
}

/** Undefined when the text holds no telephone number: fewer than two digits, or digits that run into letters (vanity words). */
export function parsePhoneNumber(text: string, options: ParseOptions = {}): PhoneNumber | undefined {
  const plain = plainText(text);
  const home = homeCountry(options.defaultCountry);
  const candidates = queryReadings(plain).flatMap((query) => numbersIn(query, home).slice(0, 1));
  const first = firstValid(candidates, ({ number }) => number);
  const raw = text.slice(0, 250).trim();
  return first ? subscriberNumber(raw, first, options.formats ?? []) : shortNumber(raw, soleDigits(plain));
}

/** The formats of the wire's comma-joined `overridingFormat`; the client's settings have three. */
export function splitFormats(overridingFormat: string | undefined): string[] {
  const formats = (overridingFormat ?? "").split(",").map((format) => format.trim());
  return formats.filter((format) => format !== "").slice(0, 3);
}

/** Fills `*` and `#` with digits, left to right. Surplus placeholders stay, surplus digits are dropped. */
export function applyFormat(format: string, national: string): string {
  let used = 0;
  return format.replaceAll(/[*#]/g, (placeholder) => national[used++] ?? placeholder);
}

interface FoundNumber {
  readonly number: Reading;
  readonly extension: string | undefined;
}

/** A raw "+" in a query string arrives as a space; a real leading space must still find the number behind it. */
function queryReadings(plain: string): string[] {
  const trimmed = plain.trim();
  return /^\s+\d/.test(plain) ? [`+${trimmed}`, trimmed] : [trimmed];
}

/** What phones and CRMs send mostly. */
const E164 = /^\+\d{7,15}$/;

function numbersIn(plain: string, home: Home): FoundNumber[] {
  if (E164.test(plain)) {
    const number = readNumber(plain, home);
    return number === undefined ? [] : [{ number, extension: undefined }];
  }
  return writtenNumbers(plain).flatMap(({ alternatives, extension }) => {
    for (const parts of alternatives) {
      const readings = parts.map((part) => readNumber(part, home));
      // A split is only believed when it begins with a whole number: "030 / 1234567" is one number, not two.
      if (parts.length > 1 && readings[0]?.isValid() !== true) continue;
      const found = readings.flatMap((number, index) =>
        number ? [{ number, extension: index === parts.length - 1 ? extension : undefined }] : [],
      );
      if (found.length > 0) return found;
    }
    return [];
  });
}

function subscriberNumber(raw: string, caller: FoundNumber, formats: readonly string[]): PhoneNumber {
  const { number, extension } = caller;
  const home: Home = { country: number.country, callingCode: number.countryCallingCode };
  // Literal text without a placeholder says nothing about this number, and would find strangers.
  const usable = formats.length > 0 && number.isValid() ? formats.filter((format) => /[*#]/.test(format)) : [];
  return {
    raw,
    e164: number.number,
    country: number.country,
    national: number.nationalNumber,
    digits: number.number.slice(1),
    extension,
    spellings: [...new Set([number.number, ...usable.map((format) => applyFormat(format, number.nationalNumber))])],
    // Punctuation apart, it mostly is the very same number: reading it would take a hundred times as long.
    matches: (stored) =>
      stored.replaceAll(/[\s().-]/g, "") === number.number ||
      numbersIn(plainText(stored), home).some((found) => sameLine(caller, found)),
  };
}

function shortNumber(raw: string, digits: string | undefined): PhoneNumber | undefined {
  if (digits === undefined) return undefined;
  return {
    raw,
    e164: undefined,
    country: undefined,
    national: digits,
    digits,
    extension: undefined,
    spellings: [digits],
    matches: (stored) => soleDigits(plainText(stored)) === digits,
  };
}

function sameLine(caller: FoundNumber, stored: FoundNumber): boolean {
  const sameExtension =
    caller.extension === undefined || stored.extension === undefined || caller.extension === stored.extension;
  return sameExtension && lineOf(caller.number) === lineOf(stored.number);
}

/** Argentina writes one mobile line as +54 9 11 2345 6789 and, where a carrier drops the 9, as +54 11 2345 6789. */
function lineOf(number: Reading): string {
  return number.number.replace(/^\+549(?=\d{10}$)/, "+54");
}
