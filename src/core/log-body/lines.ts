/** The lines of a body and where they stand. */

export interface TextLine {
  readonly text: string;
  readonly start: number;
  /** Where the text ends and the line end begins. */
  readonly textEnd: number;
  /** Where the next line begins. */
  readonly end: number;
}

/** Lines end with `\n` or `\r\n`; nothing else ends a line. */
export function splitLines(body: string): TextLine[] {
  const lines: TextLine[] = [];
  for (let start = 0; start < body.length;) {
    const newline = body.indexOf("\n", start);
    const end = newline < 0 ? body.length : newline + 1;
    const raw = body.slice(start, end);
    const text = raw.replace(/\r?\n$/, "");
    lines.push({ text, start, textEnd: start + text.length, end });
    start = end;
  }
  return lines;
}

/** New text with the line ends that a body already has. */
export function withLineEndsOf(body: string, text: string): string {
  return body.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
}
