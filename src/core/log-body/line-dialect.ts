/** Plain text and Markdown: one label per line. */

import type { CallDialect } from "./call-dialect.ts";
import type { PlacedPart } from "./call-layout.ts";
import { findInLines } from "./line-reader.ts";
import { guardLines } from "./line-guard.ts";
import { type LineFormat, type Mark, markOf, marksOf } from "./line-marks.ts";
import { splitLines, withLineEndsOf } from "./lines.ts";

export function lineDialect(format: LineFormat): CallDialect {
  const marks = marksOf(format);
  const encode = (mark: Mark, value: string) => guardLines(value, format, mark.kind === "block");
  return {
    write(part, value) {
      const mark = markFor(marks, part);
      const text = encode(mark, value);
      if (mark.kind !== "block") return `${mark.opens} ${text}\n`;
      return [mark.opens, text, ...endOf(mark, format), ""].join("\n");
    },
    find: (body) => findInLines(body, format),
    rewrite(body, { part, before = "", after = "" }, value) {
      return withLineEndsOf(body, `${before}${encode(markFor(marks, part), value)}${after}`);
    },
    insert(body, at, part, text) {
      const mark = markFor(marks, part);
      const place = at + (isOpenEnded(mark) ? unmarkedLength(body.slice(at), marks) : 0);
      // A body whose last line has no end gets none behind the new last line either.
      const fresh = place === 0 || body[place - 1] === "\n";
      return { start: place, end: place, text: withLineEndsOf(body, fresh ? text : `\n${text.trimEnd()}`) };
    },
  };
}

function markFor(marks: readonly Mark[], part: PlacedPart): Mark {
  const mark = marks.find((candidate) => candidate.part === part && candidate.kind !== "closing");
  if (!mark) throw new TypeError(`No label for ${part}`);
  return mark;
}

/** A part without an end of its own would take in the free lines that follow it. */
function isOpenEnded({ kind, closes }: Mark): boolean {
  return kind !== "line" && closes === undefined;
}

function unmarkedLength(text: string, marks: readonly Mark[]): number {
  return splitLines(text).find((line) => markOf(line.text, marks))?.start ?? text.length;
}

function endOf({ closes }: Mark, format: LineFormat): string[] {
  if (closes === undefined) return [];
  return format === "text/markdown" ? ["", closes] : [closes];
}
