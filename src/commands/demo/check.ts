/** What must be true of an answer or of the CRM, and what is wrong where it is not. */

import { isDeepStrictEqual } from "node:util";

export interface Check {
  /** A statement such as "the log has the CRM's id". */
  claim: string;
  /** Undefined where the claim is true. */
  problem?: string;
}

export function equals(claim: string, actual: unknown, expected: unknown): Check {
  return isDeepStrictEqual(actual, expected)
    ? { claim }
    : { claim, problem: `expected ${shown(expected)}, got ${shown(actual)}` };
}

export function holds(claim: string, isTrue: boolean, seen: unknown): Check {
  return isTrue ? { claim } : { claim, problem: `got ${shown(seen)}` };
}

/** Every piece stands in the text exactly once, in this order. */
export function reads(claim: string, text: unknown, ...pieces: string[]): Check {
  if (typeof text !== "string") return { claim, problem: `expected a text, got ${shown(text)}` };
  let from = 0;
  for (const piece of pieces) {
    const times = text.split(piece).length - 1;
    if (times !== 1)
      return { claim, problem: `expected ${shown(piece)} once, found it ${times} times in ${shown(text)}` };
    const found = text.indexOf(piece, from);
    if (found < 0) return { claim, problem: `expected ${shown(piece)} further down in ${shown(text)}` };
    from = found + piece.length;
  }
  return { claim };
}

/** Nothing of `forbidden` stands anywhere in the value. */
export function isWithout(claim: string, value: unknown, forbidden: string): Check {
  const text = JSON.stringify(value) ?? "";
  return text.includes(forbidden) ? { claim, problem: `found it in ${shown(value)}` } : { claim };
}

const LONGEST_VALUE = 400;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
