/** How long a row of the index of contact numbers counts, in place of asking the CRM. */

const FOUND_IS_FRESH_MS = 5 * 60 * 1000;
const NOBODY_IS_FRESH_MS = 30 * 1000;
/** How long a contact created here is shown although the CRM's search does not find it. */
const SEARCH_MAY_LAG_MS = 15 * 60 * 1000;

export interface SeenNumber {
  origin: "search" | "creation";
  /** Whether anybody answered to the number. */
  isKnown: boolean;
  seenAt: number;
}

/** Epoch milliseconds. */
export function freshUntil({ origin, isKnown, seenAt }: SeenNumber): number {
  if (origin === "creation") return seenAt + SEARCH_MAY_LAG_MS;
  return seenAt + (isKnown ? FOUND_IS_FRESH_MS : NOBODY_IS_FRESH_MS);
}
