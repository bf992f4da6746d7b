/** Who looked a number up, when, and what the answer was. */

/** @import { Found } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Matches } from "../parts/matches.js";
import { Moment } from "../parts/moment.js";

/** @param {{ lookUps: Found["lookUps"], now: number }} properties */
export function LookUps({ lookUps, now }) {
  return html`<section class="card part" aria-labelledby="look-ups">
    <h2 id="look-ups">Looked up</h2>
    <ol class="activity">
      ${lookUps.map(
        (lookUp) =>
          html`<li>
            <span class="quiet small"><${Moment} at=${lookUp.at} now=${now} isExact /></span>
            <div>
              <p>${lookUp.who} <span class="quiet">at ${lookUp.crm}</span></p>
              <${Matches} facts=${lookUp} crm=${lookUp.crm} />
            </div>
          </li>`,
      )}
    </ol>
  </section>`;
}
