/** Finds the telephone numbers in a field that a person filled in: several, labelled, with extensions, in any script's digits. */

export interface WrittenNumber {
  /** Ways to cut the text into numbers, the likeliest first. */
  readonly alternatives: readonly (readonly string[])[];
  /** Of the last number. */
  readonly extension: string | undefined;
}

/** Letters, and signs that separate things, end a number; everything else is punctuation inside one. Expects `plainText`. */
export function writtenNumbers(plain: string): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  const run = /\+?[^\p{L}+,;:=&|#\n\r\t]+/gu;
  for (let match = run.exec(plain); match; match = run.exec(plain)) {
    const [text] = match;
    if (text.replaceAll(/\D/g, "").length < 4) continue;
    const extension = extensionAt(plain, run.lastIndex);
    if (extension) run.lastIndex = extension.end;
    found.push({ alternatives: alternatives(text), extension: extension?.digits });
  }
  return found;
}

/** Digits that stand alone: at least two, no letters touching them or after them. A label may stand before: "Ext. 101". */
export function soleDigits(plain: string): string | undefined {
  const digits = plain.replaceAll(/\D/g, "");
  const fromDigits = plain.slice(Math.max(0, plain.search(/\d/) - 1));
  return digits.length < 2 || /\p{L}/u.test(fromDigits) ? undefined : digits;
}

/** Compatibility forms folded, every script's digits as 0-9, invisible marks removed, `tel:` links unwrapped. */
export function plainText(text: string): string {
  if (PLAIN.test(text)) return text;
  const folded = text.slice(0, MAX_LENGTH).normalize("NFKC").slice(0, MAX_LENGTH);
  const ascii = folded.replaceAll(/\p{Cf}/gu, "").replaceAll(/(?!\d)\p{Nd}/gu, asciiDigit);
  return ascii.replace(/^\s*(?:tel|sms|callto):(?:\/\/)?(.*)$/is, (_, link: string) => fromLink(link));
}

/** Nothing in it to fold, and no link. */
const PLAIN = /^[\d +().-]{0,50}$/;

// Longer than any list of numbers; a field of 10 kB is prose, and is not searched to its end.
const MAX_LENGTH = 250;

/** In every script the ten digits are consecutive code points, beginning with zero. */
function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  let zero = codePoint;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((codePoint - zero) % 10);
}

/** RFC 3966: parameters after ";", of which `ext` and a numeric `phone-context` belong to the number. */
function fromLink(link: string): string {
  const [address = ""] = link
    .replaceAll(/%2b/gi, "+")
    .replaceAll(/%[0-9a-f]{2}/gi, " ")
    .split("?");
  const [number = "", ...parameters] = address.split(";");
  const parameter = (name: string) => parameters.find((text) => text.toLowerCase().startsWith(`${name}=`));
  const context = parameter("phone-context")?.match(/=(\+[\d().-]+)$/)?.[1] ?? "";
  const extension = parameter("ext");
  const prefix = number.trimStart().startsWith("+") ? "" : context;
  return `${prefix}${number}${extension === undefined ? "" : `;${extension}`}`;
}

function extensionAt(plain: string, index: number): { digits: string; end: number } | undefined {
  for (const pattern of [NAMED_EXTENSION, DIALLED_EXTENSION]) {
    const sticky = new RegExp(pattern, "iuy");
    sticky.lastIndex = index;
    const digits = sticky.exec(plain)?.[1];
    if (digits !== undefined) return { digits, end: sticky.lastIndex };
  }
  return undefined;
}

const NAMED_EXTENSION =
  /[\s,;]*(?:extensi[oó]n|extn|ext|x|anexo|ramal|poste|interno|interne|int|доб)(?:[.:=#\s]{0,4})(\d{1,9})(?!\d)/;

// "#5" and the pause of ",,5"; what goes on like a number after a comma is the next number.
const DIALLED_EXTENSION = /\s*(?:#|,{1,3})\s{0,3}(\d{1,6})(?!\s{0,3}[().\-/]?\s{0,3}\d)/;

/** Slashes also separate area codes, and spaces anything: whether a cut makes sense is for the numbering plan to say. */
function alternatives(text: string): string[][] {
  const pieces = (cut: RegExp) => text.split(cut).filter((part) => /\d/.test(part));
  const lists = [pieces(/\//), [text], pieces(/\s-\s|\s{2,}/), pieces(/(?=\()/), pieces(/\s+/)];
  return lists.filter((parts) => parts.length > 1 || parts[0] === text);
}
