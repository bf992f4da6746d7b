/** One word about a state, in its colour. */

/** @import { Entry } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { stateOf } from "../model/entry-words.js";

/** @param {{ tone: string, children?: unknown }} properties */
export function Badge({ tone, children }) {
  return html`<span class="badge is-${tone}">${children}</span>`;
}

/** @param {{ entry: Entry }} properties */
export function StateBadge({ entry }) {
  const { word, tone } = stateOf(entry);
  return html`<${Badge} tone=${tone}>${word}<//>`;
}
