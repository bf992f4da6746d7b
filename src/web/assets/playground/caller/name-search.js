/** Finds a contact by name where the number does not lead to one. */

/** @import { ChangeCaller } from "../types.d.ts" */
/** @import { Callers } from "../model/callers.js" */

import { html, useState } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { sending, typed } from "../../shared/forms.js";

/** @param {{ callers: Callers, change: ChangeCaller }} properties */
export function NameSearch({ callers, change }) {
  const [name, setName] = useState("");
  return html`<details class="more">
    <summary>Somebody else</summary>
    <form class="field" onSubmit=${sending(() => callers.searchByName(name.trim(), change))}>
      <label for="search-name">Name of the contact</label>
      <div class="with-button">
        <input
          class="input"
          id="search-name"
          type="search"
          required
          autocomplete="off"
          value=${name}
          onInput=${(/** @type {Event} */ event) => setName(typed(event))}
        />
        <button class="button" type="submit"><${Icon} name="search" size=${16} /> Search</button>
      </div>
    </form>
  </details>`;
}
