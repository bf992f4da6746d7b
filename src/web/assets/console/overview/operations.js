/** Which requests a CRM was asked, and how each kind of them fares. */

/** @import { PlatformTraffic } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { milliseconds } from "../../shared/words.js";

/** @param {{ traffic: PlatformTraffic }} properties */
export function Operations({ traffic: { crm, operations } }) {
  return html`<details class="card part is-wide">
    <summary>What ${crm} was asked</summary>
    <div class="scrolled" tabindex="0" role="group" aria-label="Operations">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col" class="is-end">Requests</th>
            <th scope="col" class="is-end">Not answered well</th>
            <th scope="col" class="is-end">p50</th>
            <th scope="col" class="is-end">p95</th>
          </tr>
        </thead>
        <tbody>
          ${operations.map(
            ({ operation, requests, endings, p50 = 0, p95 = 0 }) =>
              html`<tr>
                <td><code>${operation}</code></td>
                <td class="number is-end">${requests.toLocaleString()}</td>
                <td class="number is-end">${(requests - endings.answered).toLocaleString()}</td>
                <td class="number is-end">${milliseconds(p50)}</td>
                <td class="number is-end">${milliseconds(p95)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
