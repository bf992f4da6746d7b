/** The page: a telephone, the CRM beside it, and the wire between them. */

/** @import { Parts, View } from "./types.d.ts" */

import { html } from "../modules/preact.js";
import { useStore } from "../shared/store.js";
import { TopBar } from "../shared/top-bar.js";
import { Account } from "./parts/account.js";
import { ConnectPane } from "./connect/connect-pane.js";
import { CrmPane } from "./crm/crm-pane.js";
import { PhonePane } from "./phone/phone-pane.js";
import { Toasts } from "./parts/toasts.js";
import { WirePane } from "./wire/wire-pane.js";

/** @type {readonly [pane: View["pane"], name: string][]} */
const PANES = [
  ["phone", "Phone"],
  ["crm", "CRM"],
  ["wire", "Wire"],
];

/** @param {{ parts: Parts }} properties */
export function Playground({ parts }) {
  const { pane } = useStore(parts.view);
  const { token } = useStore(parts.session.store);
  const isConnected = token !== undefined;
  return html`
    <${TopBar} current="/playground"><${Account} parts=${parts} /><//>
    <main class="panes" data-pane=${pane}>
      <h1 class="unseen">Playground</h1>
      <div class="tabs pane-tabs" role="group" aria-label="Show">
        ${PANES.map(
          ([name, words]) =>
            html`<button
              type="button"
              data-of=${name}
              aria-pressed=${String(pane === name)}
              onClick=${() => parts.view.change((now) => ({ ...now, pane: name }))}
            >
              ${words}
            </button>`,
        )}
      </div>
      <section class="pane is-phone" aria-label="Telephone">
        ${isConnected ? html`<${PhonePane} parts=${parts} />` : html`<${ConnectPane} parts=${parts} />`}
      </section>
      <section class="pane is-crm" aria-label="CRM"><${CrmPane} parts=${parts} /></section>
      <section class="pane is-wire" aria-label="Wire"><${WirePane} parts=${parts} /></section>
    </main>
    <${Toasts} notices=${parts.notices} />
  `;
}
