/** The labels of plain text and Markdown: how a line says that a part begins or ends. */

import { CALL_LAYOUT, CONTACT_NUMBER_LABELS, DETAILS_HEADING, labelTelling, NOTE_HEADING } from "./call-layout.ts";
import type { PartLayout, PlacedPart } from "./call-layout.ts";
import type { CallParts } from "./call-parts.ts";
import type { LogFormat } from "../../sdk/connector.ts";

export type LineFormat = Exclude<LogFormat, "text/html">;

/** A `line` has its value behind the label, a `run` as well and below it, a `block` only below it; a `closing` has none. */
export interface Mark {
  readonly part: PlacedPart;
  readonly kind: "line" | "run" | "block" | "closing";
  readonly opens: string;
  /** The line that ends a block. */
  readonly closes?: string;
  readonly direction?: CallParts["direction"];
}

/** Every mark that is recognised; the first of a part is the one that is written. */
export function marksOf(format: LineFormat): readonly Mark[] {
  return format === "text/plain" ? PLAIN : MARKDOWN;
}

/** The mark with which a line begins. Labels are known by their exact spelling at the start of the line, never further in. */
export function markOf(line: string, marks: readonly Mark[]): Mark | undefined {
  const whole = line.trimEnd();
  return marks.find(({ kind, opens }) =>
    kind === "block" || kind === "closing" ? whole === opens : line.startsWith(opens),
  );
}

/** Whether a line could be taken for a mark or for the end of a block. */
export function looksLikeMark(line: string, marks: readonly Mark[]): boolean {
  const whole = line.trimEnd();
  return markOf(line, marks) !== undefined || marks.some(({ closes }) => closes === whole);
}

const PLAIN: readonly Mark[] = [
  ...CALL_LAYOUT.map(plainMark),
  // App Connect's older label, still found in logs.
  { part: "note", kind: "run", opens: `- ${NOTE_HEADING}:` },
];

function plainMark({ part, shape, label }: PartLayout): Mark {
  const opens = `- ${label}:`;
  if (shape === "note") return { part, kind: "run", opens };
  if (shape === "text") return { part, kind: "block", opens, closes: part === "legs" ? "--- JOURNEY END" : "--- END" };
  return { part, kind: "line", opens };
}

const MARKDOWN: readonly Mark[] = [
  ...CALL_LAYOUT.map(markdownMark),
  ...CALL_LAYOUT.filter(({ part }) => part === "contactNumber").flatMap(markdownNumberMarks),
  // Where a person took the note's heading away, the heading below it shows where a note belongs.
  { part: "note", kind: "closing", opens: `## ${DETAILS_HEADING}` },
];

function markdownMark({ part, shape, label }: PartLayout): Mark {
  if (shape === "note") return { part, kind: "block", opens: `## ${NOTE_HEADING}`, closes: `## ${DETAILS_HEADING}` };
  return shape === "text"
    ? { part, kind: "block", opens: `### ${label}` }
    : { part, kind: "line", opens: `**${label}**:` };
}

function markdownNumberMarks(layout: PartLayout): Mark[] {
  return Object.keys(CONTACT_NUMBER_LABELS).map((direction) => ({
    part: layout.part,
    kind: "line",
    opens: `**${labelTelling(direction, layout)}**:`,
    direction,
  }));
}
