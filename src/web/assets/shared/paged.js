/** A list that shows its first items, and more of them when somebody asks. */

import { html, useState } from "../modules/preact.js";

/**
 * @template T
 * @param {object} properties
 * @param {readonly T[]} properties.items
 * @param {number} properties.size How many at first, and how many more each time.
 * @param {(items: readonly T[]) => unknown} properties.list Renders those that are shown.
 */
export function Paged({ items, size, list }) {
  const [shown, show] = useState(size);
  const left = items.length - shown;
  return html`${list(items.slice(0, shown))}
  ${
    left > 0 &&
    html`<button class="button is-plain is-small" type="button" onClick=${() => show(shown + size)}>
      Show ${Math.min(size, left)} more of ${left}
    </button>`
  }`;
}
