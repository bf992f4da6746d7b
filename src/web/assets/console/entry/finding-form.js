/** What a person found in the CRM: the record, under its id, or none. */

/** @import { Entry, Parts } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";

/** @param {{ parts: Parts, entry: Entry, onChange: () => void }} properties */
export function FindingForm({ parts, entry, onChange }) {
  const [logId, setLogId] = useState("");
  const [problem, setProblem] = useState("");

  /** @param {"no record" | { logId: string }} finding */
  async function say(finding) {
    setProblem("");
    await parts.api
      .change(`entries/${entry.id}/retry`, { finding })
      .then(onChange, (/** @type {Error} */ { message }) => setProblem(message));
  }

  return html`<form class="stack is-tight finding" onSubmit=${sending(() => say({ logId: logId.trim() }))}>
    <p class="label">What did you find in ${entry.crm}?</p>
    <p class="quiet small">Its text may hold <code>${entry.marker}</code>.</p>
    <div class="row">
      <input
        class="input"
        aria-label="Id of the record in ${entry.crm}"
        placeholder="Id of the record"
        value=${logId}
        onInput=${(/** @type {Event} */ event) => setLogId(typed(event))}
      />
      <button class="button" disabled=${logId.trim() === ""}>It is there under this id</button>
      <button type="button" class="button" onClick=${() => void say("no record")}>It is not there</button>
    </div>
    ${problem === "" ? null : html`<p class="notice is-bad" role="alert">${problem}</p>`}
  </form>`;
}
