/** A telephone number as the trail knows it: a keyed hash, by which it can be looked for and from which it cannot be read. */

import { createHmac, createSecretKey } from "node:crypto";
import { parsePhoneNumber } from "../phone-number.ts";

const WHOLE = /^\+\d{7,15}$/;

export interface NumberHash {
  /** Undefined for a text that holds no number. */
  of(written: string): string | undefined;
  /** Of everything that a number typed by a person may mean; `country` is where the person probably is. */
  ofAll(typed: string, country: string | undefined): { number: string; hash: string }[];
}

export function createNumberHash({ hashKey }: { hashKey: string }): NumberHash {
  // Node prepares a text anew for every hash.
  const key = createSecretKey(hashKey, "utf8");
  const hash = (number: string) => createHmac("sha256", key).update(`trail ${number}`).digest("base64url");
  return {
    of(written) {
      const number = WHOLE.test(written) ? written : keyOf(written);
      return number === undefined ? undefined : hash(number);
    },
    ofAll(typed, country) {
      const digits = typed.replaceAll(/\D/g, "");
      const read = [keyOf(typed), ...(country === undefined ? [] : [keyOf(typed, country)])];
      const meant = [...read, digits.length > 1 ? digits : undefined].filter((number) => number !== undefined);
      return [...new Set(meant)].map((number) => ({ number, hash: hash(number) }));
    },
  };
}

function keyOf(text: string, country?: string): string | undefined {
  const number = parsePhoneNumber(text, country === undefined ? {} : { defaultCountry: country });
  return number?.e164 ?? number?.digits;
}
