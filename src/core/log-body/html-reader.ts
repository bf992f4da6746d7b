/** Finds the parts of a call log in HTML, also after a CRM's editor has rearranged the tags around them. */

import type { FoundPart } from "./call-dialect.ts";
import { NOTE_HEADING } from "./call-layout.ts";
import { type HtmlLabel, labelsIn } from "./html-labels.ts";
import { BLOCK_TAG } from "./html-text.ts";
import { htmlToValue } from "./html-value.ts";

export function findInHtml(body: string): FoundPart[] {
  const labels = labelsIn(body);
  const found: FoundPart[] = [];
  for (const label of labels) {
    const isInside = label.start < (found.at(-1)?.end ?? 0);
    if (!isInside) found.push(READERS[label.kind](body, label, labels));
  }
  return found;
}

type Reader = (body: string, label: HtmlLabel, labels: readonly HtmlLabel[]) => FoundPart;

const READERS: Readonly<Record<HtmlLabel["kind"], Reader>> = {
  note: readNote,
  details: readMissingNote,
  fact: readFact,
  text: readText,
};

/** From its heading to the next one; where a person took that away, to the next label. */
function readNote(body: string, label: HtmlLabel, labels: readonly HtmlLabel[]): FoundPart {
  const details = labels.find(({ kind, start }) => kind === "details" && start > label.start);
  const inner = trimEdges(body, label.end, details?.start ?? nextStart(body, label, labels));
  const end = details ? details.end + lengthAt(body, details.end, LINE_BREAK) : inner.valueEnd;
  return { part: "note", start: label.start, end, ...valueOf(body, label, inner) };
}

/** A place for a note before the heading that follows notes. */
function readMissingNote(_body: string, { start, end }: HtmlLabel): FoundPart {
  const around = { before: `<b>${NOTE_HEADING}</b><br>`, after: "<br><br>" };
  return { part: "note", start, end, valueStart: start, valueEnd: start, value: "", ...around };
}

/** To the end of its list item, or of its line where an editor took the list away. A list inside the item is not the value. */
function readFact(body: string, label: HtmlLabel, labels: readonly HtmlLabel[]): FoundPart {
  const item = lengthBefore(body, label.start, ITEM_OPENS);
  const limit = nextStart(body, label, labels);
  const length = body.slice(label.end, limit).search(item > 0 ? BLOCK_EDGE : LINE_EDGE);
  const inner = trimEdges(body, label.end, length < 0 ? limit : label.end + length);
  const closing = lengthAt(body, inner.valueEnd, item > 0 ? ITEM_CLOSES : LINE_BREAK);
  const start = item > 0 && closing > 0 ? label.start - item : label.start;
  return { part: label.part, start, end: inner.valueEnd + closing, ...valueOf(body, label, inner) };
}

/** The rest of the block that its label opens; where an editor gave the label a block of its own, up to the next label. */
function readText(body: string, label: HtmlLabel, labels: readonly HtmlLabel[]): FoundPart {
  const wrapper = TEXT_OPENS.exec(body.slice(Math.max(0, label.start - LOOK_BACK), label.start));
  const close = wrapper ? closeOf(body, label.end, wrapper[1] ?? "") : undefined;
  const another = labels.find(({ kind, start }) => kind === "text" && start > label.start)?.start ?? body.length;
  if (wrapper && close && close.start < another) {
    const inner = valueOf(body, label, trimEdges(body, label.end, close.start));
    const end = close.end + lengthAt(body, close.end, LINE_BREAK);
    if (inner.value !== "") return { part: label.part, start: label.start - wrapper[0].length, end, ...inner };
  }
  const rest = trimEdges(body, label.end, nextStart(body, label, labels));
  return { part: label.part, start: label.start, end: rest.valueEnd, ...valueOf(body, label, rest) };
}

interface Span {
  valueStart: number;
  valueEnd: number;
}

function valueOf(body: string, { part, kind, end, direction }: HtmlLabel, { valueStart, valueEnd }: Span) {
  const value = htmlToValue(part, body.slice(valueStart, valueEnd));
  // Right behind the label, a new value gets what we put between them ourselves.
  const separator = kind === "fact" ? " " : "<br>";
  const before = valueStart === end ? separator : "";
  return { valueStart, valueEnd, value, before, ...(direction === undefined ? {} : { direction }) };
}

function nextStart(body: string, label: HtmlLabel, labels: readonly HtmlLabel[]): number {
  return labels.find(({ start }) => start > label.start)?.start ?? body.length;
}

/** Leaves out the tags that end lines and blocks, and the white space around them, on both sides. */
function trimEdges(body: string, from: number, to: number): Span {
  const html = body.slice(from, to);
  const valueStart = from + (LEADING.exec(html)?.[0].length ?? 0);
  const trailing = TRAILING.exec(body.slice(valueStart, to))?.[0].length ?? 0;
  return { valueStart, valueEnd: to - trailing };
}

/** The end tag that belongs to a `name` opened before `from`. */
function closeOf(body: string, from: number, name: string): { start: number; end: number } | undefined {
  let depth = 1;
  for (const tag of body.slice(from).matchAll(new RegExp(`<(/?)${name}\\b[^<>]*>`, "gi"))) {
    depth += tag[1] === "/" ? -1 : 1;
    if (depth === 0) return { start: from + tag.index, end: from + tag.index + tag[0].length };
  }
  return undefined;
}

function lengthAt(body: string, at: number, pattern: RegExp): number {
  return pattern.exec(body.slice(at, at + LOOK_BACK))?.[0].length ?? 0;
}

function lengthBefore(body: string, at: number, pattern: RegExp): number {
  return pattern.exec(body.slice(Math.max(0, at - LOOK_BACK), at))?.[0].length ?? 0;
}

/** How far around a label its own tags are looked for. */
const LOOK_BACK = 400;

const BREAK_TAG = "<br\\b[^<>]*>";
const BLOCK_EDGE = new RegExp(BLOCK_TAG, "i");
const LINE_EDGE = new RegExp(`${BLOCK_TAG}|${BREAK_TAG}`, "i");
const LINE_BREAK = new RegExp(`^\\s*${BREAK_TAG}`, "i");
const LEADING = new RegExp(`^(?:\\s*(?:${BLOCK_TAG}|${BREAK_TAG}))*`, "i");
const TRAILING = new RegExp(`(?:(?:${BLOCK_TAG}|${BREAK_TAG})\\s*)*$`, "i");
const TEXT_OPENS = /<(div|p|li|td)\b[^<>]*>\s*$/i;
const ITEM_OPENS = /<li\b[^<>]*>(?:\s*<(?:p|div|span)\b[^<>]*>)*\s*$/i;
const ITEM_CLOSES = /^(?:\s|<br\b[^<>]*>|<\/(?:p|div|span)\s*>)*<\/li\s*>/i;
