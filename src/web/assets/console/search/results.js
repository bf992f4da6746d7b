/** What a search found: logs, and who looked the number up. A single log is shown with its whole path. */

/** @import { Loaded } from "../model/loaded.js" */
/** @import { EntryAnswer, Found, Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { count } from "../../shared/words.js";
import { EntryView } from "../entry/entry-view.js";
import { EntryTable } from "../ledger/entry-table.js";
import { useLoaded } from "../model/loaded.js";
import { useNow } from "../model/now.js";
import { addressOf } from "../model/route.js";
import { Pager } from "../parts/pager.js";
import { LookUps } from "./look-ups.js";

/** @param {{ parts: Parts, text: string, found: Found, isFirst: boolean }} properties */
export function Results({ parts, text, found, isFirst }) {
  const { entries, lookUps, readAs, next } = found;
  const now = useNow(parts);
  const only = entries.length === 1 && isFirst ? entries[0] : undefined;
  if (entries.length === 0 && lookUps.length === 0) {
    const read = readAs.length === 0 ? "" : ` It was looked for as ${readAs.join(" and as ")}.`;
    return html`<p class="card empty" role="status">
      Nothing was found in the last 30 days.${read} Numbers are found by what was looked up or logged here.
    </p>`;
  }
  return html`<div class="view">
    <p class="quiet" role="status">${summary(found)}</p>
    ${only === undefined ? null : html`<${OnlyEntry} parts=${parts} id=${only.id} />`}
    ${
      only !== undefined || entries.length === 0
        ? null
        : html`<${EntryTable}
            parts=${parts}
            entries=${entries}
            now=${now}
            onChange=${() => parts.tick.change((tick) => tick + 1)}
            label="Logs"
          />`
    }
    ${lookUps.length === 0 ? null : html`<${LookUps} lookUps=${lookUps} now=${now} />`}
    <${Pager}
      first=${addressOf(["search"], { text })}
      next=${next && addressOf(["search"], { text, before: next })}
      isFirst=${isFirst}
    />
  </div>`;
}

/** @param {{ parts: Parts, id: string }} properties */
function OnlyEntry({ parts, id }) {
  /** @type {Loaded<EntryAnswer>} */
  const { value, again } = useLoaded(parts, `entries/${id}`);
  return value === undefined ? null : html`<${EntryView} parts=${parts} answer=${value} onChange=${again} />`;
}

/** @param {Found} found */
function summary({ entries, lookUps, numbers, next }) {
  const whose = numbers.length === 0 ? "" : `${numbers.join(", ")}: `;
  const where = next === undefined ? "" : " on this page";
  return `${whose}${count(entries.length, "log")}, ${count(lookUps.length, "look-up")}${where}`;
}
