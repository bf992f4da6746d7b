/** The CRM beside the telephone: the Demo CRM's own pages, or what any other one answers about the open log. */

/** @import { Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";
import { isOnThisMachine } from "../model/addresses.js";
import { ConditionBar } from "./condition-bar.js";
import { ReadBack } from "./read-back.js";
import { Timeline } from "./timeline.js";
import { useOpenContact } from "./open-contact.js";

/** @param {{ parts: Parts }} properties */
export function CrmPane({ parts }) {
  const { demoCrm } = useStore(parts.stage);
  const { platform, token } = useStore(parts.session.store);
  const open = useOpenContact(parts);
  const isDemo =
    demoCrm !== null && (platform === undefined || platform.contactPageUrl?.startsWith(demoCrm.url) === true);
  return html`
    <div class="pane-head">
      <h2>${platform?.displayName ?? (isDemo ? "Demo CRM" : "CRM")}</h2>
      ${
        open.page !== undefined &&
        html`<a class="small" href=${open.page} target="_blank" rel="noreferrer">Open ${open.name} in the CRM</a>`
      }
    </div>
    ${isDemo && html`<${ConditionBar} condition=${parts.condition} />`}
    ${
      isDemo && isOnThisMachine()
        ? html`<${Timeline} crm=${demoCrm.url} contact=${open} written=${parts.written} />`
        : html`<div class="pane-scroll padded">
            ${
              token === undefined
                ? html`<p class="empty">Connect the phone: what is logged shows here.</p>`
                : html`<${ReadBack} parts=${parts} contact=${open} />`
            }
          </div>`
    }
  `;
}
