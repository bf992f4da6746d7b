/** Several changes to one text, all counted from its first state. */

/** Puts `text` in the place of the characters from `start` to `end`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Splices may touch but not overlap; those at one place are made in the order given, insertions before replacements. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const inOrder = splices.toSorted((one, other) => one.start - other.start || one.end - other.end);
  const pieces: string[] = [];
  let at = 0;
  for (const splice of inOrder) {
    pieces.push(text.slice(at, splice.start), splice.text);
    at = Math.max(at, splice.end);
  }
  return [...pieces, text.slice(at)].join("");
}
