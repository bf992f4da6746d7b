/** Finds the parts of a call log in plain text or Markdown. */

import type { FoundPart } from "./call-dialect.ts";
import { unguardLines } from "./line-guard.ts";
import { type LineFormat, type Mark, markOf, marksOf } from "./line-marks.ts";
import { splitLines, type TextLine } from "./lines.ts";
import { partValue, tidy } from "./part-value.ts";

export function findInLines(body: string, format: LineFormat): FoundPart[] {
  const lines = splitLines(body).map((line) => ({ ...line, mark: markOf(line.text, marksOf(format)) }));
  const found: FoundPart[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (!line?.mark) {
      at++;
      continue;
    }
    const region = regionFrom(lines, at, line.mark);
    found.push(read(line, line.mark, region, format));
    at = region.next;
  }
  return found;
}

interface MarkedLine extends TextLine {
  mark: Mark | undefined;
}

/** The lines that belong to a part, after the one with its label. */
interface Region {
  /** The lines below the label's own. */
  below: MarkedLine[];
  closing: MarkedLine | undefined;
  next: number;
}

function regionFrom(lines: MarkedLine[], at: number, { kind, closes }: Mark): Region {
  if (kind === "line" || kind === "closing") return { below: [], closing: undefined, next: at + 1 };
  const closing = closes === undefined ? -1 : closingLine(lines, at, closes);
  if (closing >= 0) return { below: lines.slice(at + 1, closing), closing: lines[closing], next: closing + 1 };
  let next = at + 1;
  while (next < lines.length && !lines[next]?.mark) next++;
  return { below: lines.slice(at + 1, next), closing: undefined, next };
}

/** Another block that begins first means that a person took the end of this one away. */
function closingLine(lines: MarkedLine[], at: number, closes: string): number {
  const offset = lines.slice(at + 1).findIndex(({ text, mark }) => text.trimEnd() === closes || mark?.kind === "block");
  const line = lines[at + 1 + offset];
  return offset >= 0 && line?.text.trimEnd() === closes ? at + 1 + offset : -1;
}

function read(line: MarkedLine, mark: Mark, region: Region, format: LineFormat): FoundPart {
  const { part, kind, closes, direction } = mark;
  if (kind === "closing") return missingNote(line, format);
  const written = region.below.filter(({ text }) => text.trim() !== "");
  const last = written.at(-1) ?? line;
  const below = region.below.map(({ text }) => text).join("\n");
  const found = kind === "block" ? belowLabel(line, below, written[0], format) : behindLabel(line, mark, below, format);
  return {
    part,
    start: line.start,
    end: (region.closing ?? last).end,
    valueEnd: last.textEnd,
    ...found,
    value: kind === "line" ? partValue(part, found.value) : found.value,
    after: closes !== undefined && !region.closing ? `\n${closes}` : "",
    ...(direction === undefined ? {} : { direction }),
  };
}

function belowLabel(line: MarkedLine, below: string, first: MarkedLine | undefined, format: LineFormat) {
  const value = unguardLines(tidy(below), format, true);
  return { valueStart: first?.start ?? line.textEnd, value, before: first ? "" : "\n" };
}

/** The first line of the value is not guarded where it stands on the label's own line. */
function behindLabel(line: MarkedLine, { opens }: Mark, below: string, format: LineFormat) {
  const rest = line.text.slice(opens.length);
  const hasSpace = rest.startsWith(" ");
  const text = [hasSpace ? rest.slice(1) : rest, below].join("\n");
  return {
    valueStart: line.start + opens.length + (hasSpace ? 1 : 0),
    value: unguardLines(tidy(text), format, rest.trim() === ""),
    before: hasSpace ? "" : " ",
  };
}

/** A place for a note before the heading that follows notes. */
function missingNote({ start, end }: MarkedLine, format: LineFormat): FoundPart {
  const opens = marksOf(format).find(({ part, kind }) => part === "note" && kind === "block")?.opens;
  return {
    part: "note",
    start,
    end,
    valueStart: start,
    valueEnd: start,
    value: "",
    before: `${opens}\n`,
    after: "\n\n",
  };
}
