/** Where a log stands, in one word. */

/** @import { LogState } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";

const WORDS = /** @type {const} */ ({
  none: ["", "Not logged", undefined],
  saving: ["is-info", "Saving…", undefined],
  written: ["is-good", "Logged", "check"],
  waiting: ["is-warn", "On its way", "clock"],
  refused: ["is-bad", "Refused", "alert"],
});

/** @param {{ log: LogState }} properties */
export function LogBadge({ log: { state } }) {
  const [tone, words, icon] = WORDS[state];
  return html`<span class="badge ${tone}"
    >${icon !== undefined && html`<${Icon} name=${icon} size=${12} />`}${words}</span
  >`;
}
