/** Reads one written number as a subscriber's number, from the point of view of a country. */

import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type PhoneNumber as Reading,
} from "libphonenumber-js/max";

/** Where a number without a country code is dialled. Calling codes that no single country owns have no country. */
export interface Home {
  readonly country: CountryCode | undefined;
  readonly callingCode: string;
}

/** An unknown country counts as the United States. */
export function homeCountry(name = "US"): Home {
  const code = name.trim().toUpperCase();
  const country = isSupportedCountry(code) ? code : "US";
  return { country, callingCode: getCountryCallingCode(country) };
}

/** The first reading that is valid, else the first that is possible. */
export function readNumber(written: string, home: Home): Reading | undefined {
  const texts = written.includes("(0)") ? [written, written.replace("(0)", "")] : [written];
  const readings = texts.flatMap((text) => possibleReadings(text, home));
  return firstValid(readings, (number) => number);
}

/** The first that is valid, else the first: a question that costs as much as reading the number, and is asked where there is a choice. */
export function firstValid<T>(found: readonly T[], readingOf: (one: T) => Reading): T | undefined {
  if (found.length < 2) return found[0];
  return found.find((one) => readingOf(one).isValid()) ?? found[0];
}

// E.164 allows 15 digits; an international prefix and a trunk prefix may stand before them.
const MAX_DIGITS = 20;

function possibleReadings(written: string, home: Home): Reading[] {
  const digits = written.replaceAll(/\D/g, "");
  if (digits.length < 2 || digits.length > MAX_DIGITS) return [];
  if (written.trimStart().startsWith("+")) return international(digits.replace(/^(?:011|0+)/, ""));

  // 00 is dialled, and typed, nearly everywhere. 011 is only North America's: it is also Turin, Sapporo and Buenos Aires.
  const readings = [
    ...(digits.startsWith("00") ? international(digits.slice(2)) : []),
    ...national(digits, home),
    ...(digits.startsWith("011") ? international(digits.slice(3)) : []),
  ];
  return readings.length > 0 ? readings : international(digits).filter((number) => number.isValid());
}

function international(digits: string): Reading[] {
  // Until 2019 Mexican mobiles were called from abroad with a 1 that is not part of the number.
  return parse(`+${digits.replace(/^521(?=\d{10}$)/, "52")}`, {});
}

function national(digits: string, { country, callingCode }: Home): Reading[] {
  // The other half of the Mexican reform: 01, 044 and 045 before ten digits.
  const dialled = callingCode === "52" ? digits.replace(/^(?:01|04[45]|1)(?=\d{10}$)/, "") : digits;
  return parse(dialled, country ? { defaultCountry: country } : { defaultCallingCode: callingCode });
}

function parse(text: string, home: { defaultCountry?: CountryCode; defaultCallingCode?: string }): Reading[] {
  const number = parsePhoneNumberFromString(text, { ...home, extract: false });
  if (!number?.isPossible()) return [];
  // Open plans call nearly any length possible (Germany: from two digits), which would swallow short codes.
  return number.nationalNumber.length >= 7 || number.isValid() ? [number] : [];
}
