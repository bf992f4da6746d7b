/** The end of a list's page: where one is, and how to go on. Going back is the browser's. */

import { html } from "../../modules/preact.js";

/** @param {{ first: string, next: string | undefined, isFirst: boolean }} properties Addresses. */
export function Pager({ first, next, isFirst }) {
  if (isFirst && next === undefined) return null;
  return html`<nav class="pager row is-apart" aria-label="Pages of this list">
    ${isFirst ? html`<span></span>` : html`<a class="button is-small" href=${first}>First page</a>`}
    ${
      next === undefined
        ? html`<span class="quiet small">This is the last page.</span>`
        : html`<a class="button is-small" href=${next}>Next page</a>`
    }
  </nav>`;
}
