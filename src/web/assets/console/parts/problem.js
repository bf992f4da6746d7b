/** What stands in the place of something that could not be loaded, or is not there yet. */

/** @import { Loaded } from "../model/loaded.js" */

import { html } from "../../modules/preact.js";

/** @param {{ of: Loaded<unknown> }} properties */
export function Problem({ of: { value, problem, again } }) {
  if (problem !== undefined) {
    return html`<div class="notice is-bad row is-apart" role="alert">
      <span>${problem}</span>
      <button type="button" class="button is-small" onClick=${again}>Try again</button>
    </div>`;
  }
  return value === undefined ? html`<p class="empty" role="status">Loading …</p>` : null;
}
