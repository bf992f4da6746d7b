/** Leads to the search from anywhere. */

import { html, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";
import { Icon } from "../../shared/icons.js";
import { addressOf } from "../model/route.js";

export function QuickSearch() {
  const [text, setText] = useState("");
  const search = () => {
    if (text.trim() !== "") location.hash = addressOf(["search"], { text: text.trim() });
  };
  return html`<form class="quick-search" role="search" aria-label="Calls and conversations" onSubmit=${sending(search)}>
    <${Icon} name="search" size=${16} />
    <input
      type="search"
      aria-label="Number, session or conversation"
      placeholder="Number or session"
      value=${text}
      onInput=${(/** @type {Event} */ event) => setText(typed(event))}
    />
  </form>`;
}
