/** Text to HTML and back, as CRM editors leave it. */

import { decodeEntities } from "./html-entities.ts";

/** Escapes everything that could mean something in HTML; lines end with `<br>`. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? character).replaceAll("\n", "<br>");
}

/** A link that opens in a new tab and does not know where it was opened from. */
export function anchor(address: string, text: string): string {
  return `<a target="_blank" rel="noopener" href="${escapeHtml(address)}">${escapeHtml(text)}</a>`;
}

/** The text of a piece of HTML: tags go, entities are read, `<br>` and the edges of blocks end a line. */
export function htmlToText(html: string): string {
  return htmlLines(html).map(lineText).join("\n");
}

/** The lines of a piece of HTML, still as HTML. A line end in the source counts, as App Connect wrote notes with it. */
export function htmlLines(html: string): string[] {
  return html.split(LINE_EDGE);
}

/** The text of one line of HTML. */
export function lineText(html: string): string {
  return decodeEntities(html.replace(/<\/?[a-z][^<>]*>/gi, ""));
}

/** Whether the inline tags of a line of HTML open and close in pairs, so that it may stand alone. */
export function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gi)) {
    if (slash === "/" && open.pop() !== name.toLowerCase()) return false;
    if (slash === "" && !/^(?:img|wbr)$/i.test(name)) open.push(name.toLowerCase());
  }
  return open.length === 0;
}

/** The tags that begin or end a block, as the inside of a regular expression. */
export const BLOCK_TAG = "</?(?:p|div|ul|ol|li|h[1-6]|table|tbody|tr|td|th|blockquote|hr|pre)\\b[^<>]*>";

const LINE_EDGE = new RegExp(`(?:\\r?\\n)?<br\\b[^<>]*>(?:\\r?\\n)?|(?:${BLOCK_TAG}\\s*)+|\\r?\\n`, "i");

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
