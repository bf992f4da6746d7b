/** Slows down whoever tries tokens: a few mistakes are free, then an address has to wait. */

const FREE_MISTAKES = 10;
const WITHIN_MS = 10 * 60 * 1000;
/** Beyond this many addresses all others count as one. */
const ADDRESSES_KEPT = 1_000;
const EVERYBODY_ELSE = "";

export interface WrongTokens {
  /** How long this address must wait before it may try again, in milliseconds; 0 where it need not. */
  waitOf(address: string, now: number): number;
  remember(address: string, now: number): void;
}

export function createWrongTokens(): WrongTokens {
  const mistakes = new Map<string, { count: number; until: number }>();
  const keyOf = (address: string) =>
    mistakes.has(address) || mistakes.size < ADDRESSES_KEPT ? address : EVERYBODY_ELSE;

  return {
    waitOf(address, now) {
      const known = mistakes.get(keyOf(address));
      return known === undefined || known.count < FREE_MISTAKES ? 0 : Math.max(0, known.until - now);
    },
    remember(address, now) {
      for (const [other, { until }] of mistakes) if (until <= now) mistakes.delete(other);
      const key = keyOf(address);
      const count = (mistakes.get(key)?.count ?? 0) + 1;
      mistakes.set(key, { count, until: now + WITHIN_MS });
    },
  };
}
