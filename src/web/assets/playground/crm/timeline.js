/** The Demo CRM's own page of a contact, shown anew whenever something was written. */

/** @import { Store } from "../../shared/store.js" */
/** @import { OpenContact } from "./open-contact.js" */

import { html, useEffect, useState } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";

/** @param {{ crm: string, contact: OpenContact, written: Store<number> }} properties */
export function Timeline({ crm, contact, written }) {
  const count = useStore(written);
  const page = contact.id === undefined ? `${crm}/` : `${crm}/contacts/${encodeURIComponent(contact.id)}`;
  const anchor = contact.logId === undefined ? "" : `#activity-${encodeURIComponent(contact.logId)}`;
  const wanted = `${page}?look=${count}${anchor}`;
  const [shown, show] = useState(wanted);
  // The present page stays until the next one is there: nothing flickers.
  useEffect(() => {
    if (!wanted.startsWith(page) || pathOf(shown) !== pathOf(wanted)) show(wanted);
  }, [wanted]);
  const next = wanted === shown ? undefined : wanted;
  return html`<div class="frames">
    ${[shown, next].map(
      (address) =>
        address !== undefined &&
        html`<iframe
          key=${address}
          src=${address}
          title=${contact.name === "" ? "Contacts of the Demo CRM" : `${contact.name} in the Demo CRM`}
          class=${address === shown ? "" : "is-coming"}
          onLoad=${() => show(address)}
        ></iframe>`,
    )}
  </div>`;
}

/** @param {string} address */
function pathOf(address) {
  return new URL(address).pathname;
}
