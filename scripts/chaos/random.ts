/** Chance that can be had again: a small seeded generator, one stream of it for each part of a run. */

export interface Random {
  /** A whole number; both ends may come. */
  between(lowest: number, highest: number): number;
  /** True in this part of the cases. */
  chance(part: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  shuffled<T>(items: readonly T[]): T[];
}

/** `stream` keeps parts that run side by side from taking each other's numbers. */
export function createRandom(seed: number, stream: string): Random {
  const next = mulberry32(Buffer.from(stream).reduce((mixed, byte) => Math.imul(mixed ^ byte, PRIME), seed));
  const between = (lowest: number, highest: number) => lowest + Math.floor(next() * (highest - lowest + 1));
  return {
    between,
    chance: (part) => next() < part,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    shuffled: (items) =>
      items
        .map((item) => ({ item, at: next() }))
        .toSorted((one, other) => one.at - other.at)
        .map(({ item }) => item),
  };
}

/** The prime of the 32-bit FNV hash. */
const PRIME = 16_777_619;

/** Numbers from 0 up to 1. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
