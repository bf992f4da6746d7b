/** JSON that a person can read: indented, and coloured by what each value is. Everything is text, whatever it holds. */

import { html } from "../modules/preact.js";

/** A transcript or a manifest is long: more than that is cut, and it says so. */
const MOST_CHARACTERS = 60_000;
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

/** @param {{ value: unknown }} properties */
export function JsonView({ value }) {
  const whole = typeof value === "string" ? value : (JSON.stringify(value, undefined, 2) ?? "");
  if (whole === "") return html`<p class="quiet small">Nothing</p>`;
  const text = whole.slice(0, MOST_CHARACTERS);
  return html`<pre class="json" tabindex="0">
${typeof value === "string" ? text : coloured(text)}${
      whole.length > text.length && html`<span class="quiet">… and ${whole.length - text.length} characters more</span>`
    }</pre>`;
}

/** @param {string} text */
function coloured(text) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon, word] = match;
    pieces.push(text.slice(end, match.index));
    if (string !== undefined && colon !== undefined) pieces.push(html`<span class="json-name">${string}</span>`, colon);
    else if (string !== undefined) pieces.push(html`<span class="json-text">${string}</span>`);
    else pieces.push(html`<span class=${word === undefined ? "json-number" : "json-word"}>${whole}</span>`);
    end = match.index + whole.length;
  }
  pieces.push(text.slice(end));
  return pieces;
}
