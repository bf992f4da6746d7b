/** Finds calls and conversations: by a number in any spelling, by their id at RingCentral, by an entry's id. */

/** @import { Loaded } from "../model/loaded.js" */
/** @import { Found, Parts, Route } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";
import { useLoaded } from "../model/loaded.js";
import { addressOf } from "../model/route.js";
import { Problem } from "../parts/problem.js";
import { Results } from "./results.js";

/** @param {{ parts: Parts, route: Route }} properties */
export function Search({ parts, route: { query } }) {
  const text = query.get("text") ?? "";
  const before = query.get("before") ?? undefined;
  const asked = new URLSearchParams({ text, ...country(), ...(before && { before }) });
  /** @type {Loaded<Found>} */
  const found = useLoaded(parts, text === "" ? undefined : `search?${asked}`);
  return html`<div class="view">
    <h1 tabindex="-1">Search</h1>
    <${SearchForm} key=${text} text=${text} />
    ${
      text === ""
        ? html`<p class="card empty">
            Type a telephone number as anybody might write it, a call's session id, a conversation's id, or the id of a
            log that is on its way.
          </p>`
        : html`<${Problem} of=${found} />`
    }
    ${found.value === undefined ? null : html`<${Results} parts=${parts} text=${text} found=${found.value} isFirst=${before === undefined} />`}
  </div>`;
}

/** @param {{ text: string }} properties */
function SearchForm({ text }) {
  const [wanted, setWanted] = useState(text);
  const search = () => {
    location.hash = addressOf(["search"], { text: wanted.trim() });
  };
  return html`<form class="row search" role="search" aria-label="Calls and conversations" onSubmit=${sending(search)}>
    <input
      type="search"
      class="input"
      aria-label="Number, session, conversation or log"
      placeholder="(650) 555-1212"
      value=${wanted}
      onInput=${(/** @type {Event} */ event) => setWanted(typed(event))}
    />
    <button class="button is-main" disabled=${wanted.trim() === ""}>Search</button>
  </form>`;
}

/** Where the reader's browser says they are: for numbers without a country code. @returns {{ country?: string }} */
function country() {
  const { region } = new Intl.Locale(navigator.language);
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? { country: region } : {};
}
