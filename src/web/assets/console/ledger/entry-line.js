/** One entry in a list: whose, what, why not, since when, what next. No word of its content. */

/** @import { Entry, Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { kindOf, nextOf } from "../model/entry-words.js";
import { addressOf } from "../model/route.js";
import { StateBadge } from "../parts/badge.js";
import { Moment } from "../parts/moment.js";
import { RetryButton } from "./retry-button.js";

/** @param {{ parts: Parts, entry: Entry, now: number, onChange: () => void }} properties */
export function EntryLine({ parts, entry, now, onChange }) {
  const { id, sourceKey, user, crm, state, lastError, owedSince, writtenAt, links } = entry;
  const link = links.log ?? links.contact;
  const isOpen = state !== "written" && state !== "dropped" && state !== "sending";
  return html`<tr>
    <td data-name="Log">
      <a class="entry-link" href=${addressOf(["entry", id])}>${kindOf(entry)}</a>
      <code class="key" title=${sourceKey}>${sourceKey}</code>
    </td>
    <td data-name="User">${user.name}<span class="quiet small under">${crm}</span></td>
    <td data-name="State"><${StateBadge} entry=${entry} /></td>
    <td data-name="Why" class="why ${lastError === undefined ? "is-empty" : ""}">
      ${lastError ?? html`<span class="quiet">—</span>`}
    </td>
    <td data-name="Since"><${Moment} at=${state === "written" ? (writtenAt ?? owedSince) : owedSince} now=${now} /></td>
    <td data-name="Next" class="number">${nextOf(entry, now)}</td>
    <td class="actions">
      <div class="row">
        ${
          isOpen && !entry.needsFinding
            ? html`<${RetryButton} parts=${parts} entry=${entry} now=${now} onChange=${onChange} isSmall />`
            : null
        }
        ${
          link === undefined
            ? null
            : html`<a
                class="button is-small is-plain"
                href=${link}
                target="_blank"
                rel="noreferrer"
                aria-label="Open in ${crm}: ${sourceKey}"
                ><${Icon} name="open" size=${15} /> CRM</a
              >`
        }
      </div>
    </td>
  </tr>`;
}
