/** A call's log: where it stands, what comes later, and the form to edit it. */

/** @import { Call, Parts } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { useLostFocus } from "../../shared/focus.js";
import { useStore } from "../../shared/store.js";
import { LogBadge } from "../parts/log-badge.js";
import { LogProgress } from "../parts/log-progress.js";
import { EditLog } from "./edit-log.js";
import { WhatComesLater } from "./what-comes-later.js";

/** @param {{ parts: Parts, call: Call }} properties */
export function LogCard({ parts, call }) {
  const { platform } = useStore(parts.session.store);
  const [editing, edit] = useState(false);
  const heading = useLostFocus([editing]);
  const crm = platform?.displayName ?? "the CRM";
  return html`<section class="stack" aria-labelledby="log">
    <div class="row is-apart">
      <h3 id="log" tabindex="-1" ref=${heading}>The log</h3>
      <${LogBadge} log=${call.log} />
    </div>
    <${LogProgress} log=${call.log} crm=${crm} />
    ${
      editing
        ? html`<${EditLog} parts=${parts} call=${call} done=${() => edit(false)} />`
        : html`<div class="row">
            <button class="button" type="button" onClick=${() => edit(true)}>Edit the log</button>
            <button class="button" type="button" onClick=${parts.callLogs.check}>Is it logged?</button>
          </div>`
    }
    ${!editing && html`<${WhatComesLater} callLogs=${parts.callLogs} call=${call} />`}
  </section>`;
}
