/** Callers' numbers, read once: the same one is asked for by everybody's telephone that rings, and again when the call is logged. */

import { parsePhoneNumber, type PhoneNumber, splitFormats } from "../phone-number.ts";

const KEPT = 2_000;
/** Nobody's number; what is longer is read, but not kept. */
const LONGEST_KEPT = 100;

/** Reads a number in the wire's `overridingFormat`; undefined where the text holds none. */
export type ReadCallerNumber = (text: string, overridingFormat: string | undefined) => PhoneNumber | undefined;

export function createCallerNumbers(): ReadCallerNumber {
  const known = new Map<string, PhoneNumber | undefined>();
  return (text, overridingFormat = "") => {
    const key = `${text}\n${overridingFormat}`;
    if (known.has(key)) return known.get(key);
    const number = parsePhoneNumber(text, { formats: splitFormats(overridingFormat) });
    if (key.length > LONGEST_KEPT) return number;
    if (known.size >= KEPT) known.clear();
    known.set(key, number);
    return number;
  };
}
