/** One entry of the ledger: how it stands, what one can do, and the whole path of its call. */

/** @import { Loaded } from "../model/loaded.js" */
/** @import { EntryAnswer, Parts, Route } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { kindOf } from "../model/entry-words.js";
import { useLoaded } from "../model/loaded.js";
import { Problem } from "../parts/problem.js";
import { EntryView } from "./entry-view.js";

/** @param {{ parts: Parts, route: Route }} properties */
export function EntryPage({ parts, route: { place } }) {
  /** @type {Loaded<EntryAnswer>} */
  const loaded = useLoaded(parts, `entries/${encodeURIComponent(place[1] ?? "")}`);
  const { value } = loaded;
  return html`<div class="view">
    <h1 tabindex="-1">
      ${value === undefined ? "One log" : html`${kindOf(value.entry)} <span class="quiet">${value.entry.sourceKey}</span>`}
    </h1>
    <${Problem} of=${loaded} />
    ${value === undefined ? null : html`<${EntryView} parts=${parts} answer=${value} onChange=${loaded.again} />`}
  </div>`;
}
