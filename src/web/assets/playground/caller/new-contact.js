/** The contact to be created together with the log: name, type, and the fields that the manifest asks for. */

/** @import { Caller, ChangeCaller, Platform, Submission } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { typed } from "../../shared/forms.js";
import { chosenContact } from "../model/callers.js";
import { fieldsOf } from "../model/fields.js";
import { AdditionalFields } from "../parts/additional-fields.js";

/** @param {{ caller: Caller, platform: Platform | undefined, change: ChangeCaller }} properties */
export function NewContact({ caller, platform, change }) {
  const types = platform?.contactTypes ?? [];
  return html`<div class="stack is-tight new-contact">
    <div class="field">
      <label for="new-name">Name</label>
      <input
        class="input"
        id="new-name"
        required
        form="log-form"
        autocomplete="off"
        value=${caller.newName}
        onInput=${(/** @type {Event} */ event) => change((now) => ({ ...now, newName: typed(event) }))}
      />
    </div>
    ${
      types.length > 0 &&
      html`<div class="field">
        <label for="new-type">Type</label>
        <select
          class="input"
          id="new-type"
          value=${caller.newType}
          onChange=${(/** @type {Event} */ event) => change((now) => ({ ...now, newType: typed(event) }))}
        >
          ${types.map(({ display, value }) => html`<option value=${value}>${display}</option>`)}
        </select>
      </div>`
    }
    <${AdditionalFields}
      fields=${fieldsOf(platform, "newContact")}
      contact=${chosenContact(caller)}
      type=${caller.newType}
      values=${caller.newFields}
      change=${(/** @type {Submission} */ newFields) => change((now) => ({ ...now, newFields }))}
      idPrefix="new"
    />
    <p class="quiet small">The contact is created when you save the log.</p>
  </div>`;
}
