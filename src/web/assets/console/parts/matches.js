/** Who answered a look-up, and who was found under which spelling. */

/** @import { LookUpFacts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";

/** @param {{ facts: LookUpFacts, crm: string }} properties */
export function Matches({ facts, crm }) {
  const { outcome, from, contacts, reason } = facts;
  if (outcome === "extension") return html`<p class="small">An extension: ${crm} is not asked about these.</p>`;
  if (outcome === "unknown") return html`<p class="small">${crm} could not say. ${reason}</p>`;
  const source =
    from === "CRM" ? `${crm} was asked.` : `Answered from the index: ${crm} had been asked shortly before.`;
  return html`<div>
    <p class="small quiet">${source}</p>
    ${contacts.length === 0 ? html`<p class="small">Nobody has this number there.</p>` : null}
    <ul class="small">
      ${contacts.map(
        ({ id, name, phone }) =>
          html`<li>
            ${name} <span class="quiet">(${id})</span>${
              phone === undefined || phone === ""
                ? ""
                : html`, whose number is written there as <span class="number">${phone}</span>`
            }
          </li>`,
      )}
    </ul>
  </div>`;
}
