/** HTML: bold labels, facts as list items, texts as blocks of their own. */

import type { CallDialect } from "./call-dialect.ts";
import { CALL_LAYOUT, DETAILS_HEADING, labelTelling, NOTE_HEADING, type PlacedPart } from "./call-layout.ts";
import { findInHtml } from "./html-reader.ts";
import { valueToHtml } from "./html-value.ts";
import { shapeOf } from "./part-value.ts";

export const htmlDialect: CallDialect = {
  write(part, value, direction) {
    const html = valueToHtml(part, value, "");
    const label = labelFor(part, direction);
    const shape = shapeOf(part);
    if (shape === "note") return `<b>${NOTE_HEADING}</b><br>${html}<br><br><b>${DETAILS_HEADING}</b><br>`;
    return shape === "text" ? `<div><b>${label}</b><br>${html}</div><br>` : `<li><b>${label}</b>: ${html}</li>`;
  },
  find: findInHtml,
  rewrite(body, { part, valueStart, valueEnd, before = "", after = "" }, value) {
    return `${before}${valueToHtml(part, value, body.slice(valueStart, valueEnd))}${after}`;
  },
  insert(body, at, part, text) {
    const place = isListItem(part) ? at : outsideList(body, at);
    return { start: place, end: place, text };
  },
};

function labelFor(part: PlacedPart, direction: string | undefined): string {
  const layout = CALL_LAYOUT.find((candidate) => candidate.part === part);
  return layout ? (layout.htmlLabel ?? labelTelling(direction, layout)) : part;
}

function isListItem(part: PlacedPart): boolean {
  return shapeOf(part) === "fact" || shapeOf(part) === "link";
}

/** A note or a text may not stand inside the list or the paragraph that an editor put around its neighbour. */
function outsideList(body: string, at: number): number {
  const closes = /^(?:\s*<\/(?:[uo]l|p)\s*>)+/i.exec(body.slice(at))?.[0].length ?? 0;
  const opens = /(?:<(?:[uo]l|p)\b[^<>]*>\s*)+$/i.exec(body.slice(Math.max(0, at - 400), at))?.[0].length ?? 0;
  return closes > 0 ? at + closes : at - opens;
}
