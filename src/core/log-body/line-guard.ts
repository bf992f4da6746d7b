/** Lines of a person's text that look like labels of ours: marked when written, and unmarked when read. */

import { type LineFormat, looksLikeMark, marksOf } from "./line-marks.ts";

/**
 * Puts a guard before every line that would be taken for a label: a space in plain text, a backslash in Markdown, where it is
 * not displayed. A line that already begins with guards gets one more, so that reading gives back exactly what was written.
 * Other lines are untouched, and so is the first one where it stands behind a label.
 */
export function guardLines(text: string, format: LineFormat, alsoFirst: boolean): string {
  return mapLines(text, alsoFirst, (line) => (isLabelLike(line, format) ? `${GUARD[format]}${line}` : line));
}

/** The reverse of `guardLines`. */
export function unguardLines(text: string, format: LineFormat, alsoFirst: boolean): string {
  return mapLines(text, alsoFirst, (line) =>
    line.startsWith(GUARD[format]) && isLabelLike(line, format) ? line.slice(1) : line,
  );
}

const GUARD: Readonly<Record<LineFormat, string>> = { "text/plain": " ", "text/markdown": "\\" };

function isLabelLike(line: string, format: LineFormat): boolean {
  const guard = GUARD[format];
  let at = 0;
  while (line[at] === guard) at++;
  return looksLikeMark(line.slice(at), marksOf(format));
}

function mapLines(text: string, alsoFirst: boolean, change: (line: string) => string): string {
  return text
    .split("\n")
    .map((line, index) => (index > 0 || alsoFirst ? change(line) : line))
    .join("\n");
}
