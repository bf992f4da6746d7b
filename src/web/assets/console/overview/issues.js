/** What holds things up: each cause once, with the next step. */

/** @import { Issue } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { IssueLine } from "../parts/issue-line.js";

/** @param {{ issues: Issue[], now: number }} properties */
export function Issues({ issues, now }) {
  return html`<section class="stack is-tight" aria-labelledby="held-up">
    <h2 id="held-up">What is held up</h2>
    ${
      issues.length === 0
        ? html`<p class="notice is-good row">
            <${Icon} name="check" /> Nothing. Every log that was accepted is in its CRM or on its way.
          </p>`
        : html`<ul class="stack is-tight">
            ${issues.map((issue) => html`<li class="card"><${IssueLine} issue=${issue} now=${now} /></li>`)}
          </ul>`
    }
  </section>`;
}
