/** A part's value as HTML, and the value that a piece of HTML shows. */

import type { PlacedPart } from "./call-layout.ts";
import { anchor, escapeHtml, htmlLines, htmlToText, isBalanced, lineText } from "./html-text.ts";
import { isMultiline, isWebLink, shapeOf, tidy } from "./part-value.ts";

/** Lines that stand in `standing` already keep their HTML, so a person's formatting of their own lines survives. */
export function valueToHtml(part: PlacedPart, value: string, standing: string): string {
  if (shapeOf(part) === "link") return linkToHtml(value);
  const known = new Map(
    htmlLines(standing)
      .filter(isBalanced)
      .map((html) => [lineText(html), html]),
  );
  return value
    .split("\n")
    .map((line) => known.get(line) ?? escapeHtml(line))
    .join("<br>");
}

export function htmlToValue(part: PlacedPart, html: string): string {
  const shape = shapeOf(part);
  if (isMultiline(part)) return tidy(htmlToText(html));
  const readable = shape === "link" ? html.replace(OPEN_LINK, (_, address: string) => address) : html;
  const lines = htmlToText(readable.replace(/\r?\n/g, " ")).split("\n");
  return tidy(lines.map((line) => line.trim()).join("\n"));
}

/** The address itself is behind the word "open". */
const OPEN_LINK = /<a\b[^<>]*?\shref\s*=\s*["']([^"'<>]*)["'][^<>]*>\s*open\s*<\/a\s*>/gi;

/** What a person wrote behind an address stays behind the link. */
function linkToHtml(value: string): string {
  const address = isWebLink(value) ? (/^\S+/.exec(value)?.[0] ?? "") : "";
  return address === "" ? escapeHtml(value) : `${anchor(address, "open")}${escapeHtml(value.slice(address.length))}`;
}
