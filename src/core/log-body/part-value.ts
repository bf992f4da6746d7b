/** The normal form of a part's value, which survives being written to a CRM and read again. */

import { CALL_LAYOUT, type PartShape } from "./call-layout.ts";
import type { CallPartName } from "./call-parts.ts";

/** What stands where a value is still to come. */
export const PENDING = "(pending...)";

/**
 * Line ends become `\n`, blank lines before a value and white space after it go. A value that has only one line loses its
 * line ends and the white space around them. Everything else stays byte for byte.
 */
export function partValue(part: CallPartName, text: string): string {
  return isMultiline(part) ? tidy(text) : oneLine(text);
}

/** Line ends and the white space around them become one space. */
export function oneLine(text: string): string {
  if (!LINE_END.test(text)) return text.trim();
  const lines = tidy(text).split("\n");
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(" ");
}

const LINE_END = /[\n\r]/;

/** Notes, transcripts and journeys: what may have many lines. */
export function isMultiline(part: CallPartName): boolean {
  const shape = shapeOf(part);
  return shape === "note" || shape === "text";
}

export function shapeOf(part: CallPartName): PartShape {
  return CALL_LAYOUT.find((layout) => layout.part === part)?.shape ?? "fact";
}

/** `\n` line ends, no blank lines at the beginning, no white space at the end. */
export function tidy(text: string): string {
  if (!LINE_END.test(text)) return text.trimEnd();
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
}

export function isWebLink(text: string): boolean {
  return /^https?:\/\//i.test(text);
}
