/** At the end of the top bar: whether the page is live, and the way out. */

/** @import { Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";

const WORDS = { live: "Live", looking: "Looking every 10 s", away: "Connecting …" };

/** @param {{ parts: Parts }} properties */
export function Account({ parts }) {
  const live = useStore(parts.live);
  return html`<div class="row at-end">
    <span class="live is-${live}" role="status"><span class="dot" aria-hidden="true"></span>${WORDS[live]}</span>
    <button type="button" class="button is-small" onClick=${() => void parts.logOut()}>Log out</button>
  </div>`;
}
