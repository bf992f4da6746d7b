/** Telephone numbers as people write them, reduced to the digits by which two spellings can be compared. */

/** What follows the number itself: `x5`, `ext. 5`, `#5`, `;ext=5`, `,,5`. */
const EXTENSION = /(?:;ext=|extension|ext\.?|x|#|,+)\s*\d+\s*$/i;

const FEWEST = 7;

/**
 * The digits without extension and leading zeros (an international 00 or a national trunk 0, also as "(0)" behind a
 * country code); undefined when fewer than seven are left, too few to tell two people apart.
 */
export function comparableDigits(spelling: string): string | undefined {
  const digits = spelling.replace(EXTENSION, "").replace("(0)", "").replaceAll(/\D/g, "").replace(/^0+/, "");
  return digits.length >= FEWEST ? digits : undefined;
}

/** The last seven digits: what two matching numbers always share, and so what the index is on. */
export function tailOf(digits: string): string {
  return digits.slice(-FEWEST);
}
