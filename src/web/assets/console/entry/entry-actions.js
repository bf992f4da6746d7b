/** What a person may do with an entry: ask for it again, say what they found in the CRM, give it up. */

/** @import { Entry, Parts } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { Confirm } from "../parts/confirm.js";
import { RetryButton } from "../ledger/retry-button.js";
import { FindingForm } from "./finding-form.js";

/** @param {{ parts: Parts, entry: Entry, now: number, onChange: () => void }} properties */
export function EntryActions({ parts, entry, now, onChange }) {
  const [isDropping, setDropping] = useState(false);
  const [problem, setProblem] = useState("");
  const { id, state, crm, needsFinding } = entry;
  if (state === "written" || state === "dropped" || state === "sending") return null;

  async function drop() {
    setDropping(false);
    await parts.api
      .change(`entries/${id}/drop`, { isConfirmed: true })
      .then(onChange, (/** @type {Error} */ { message }) => setProblem(message));
  }

  return html`<div class="stack">
    ${state === "uncertain" ? html`<${FindingForm} parts=${parts} entry=${entry} onChange=${onChange} />` : null}
    <div class="row">
      ${needsFinding ? null : html`<${RetryButton} parts=${parts} entry=${entry} now=${now} onChange=${onChange} />`}
      <button type="button" class="button is-bad" onClick=${() => setDropping(true)}>Give up …</button>
    </div>
    ${problem === "" ? null : html`<p class="notice is-bad" role="alert">${problem}</p>`}
    ${
      isDropping
        ? html`<${Confirm}
            title="Give this log up?"
            yes="Give it up"
            isBad
            onYes=${() => void drop()}
            onNo=${() => setDropping(false)}
          >
            It will not be written into ${crm}, and its content is deleted here. This cannot be undone.
          <//>`
        : null
    }
  </div>`;
}
