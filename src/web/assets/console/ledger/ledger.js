/** The ledger by state: what is owed and why, what was refused, what may be there, and what is done with. */

/** @import { Loaded } from "../model/loaded.js" */
/** @import { EntryPage, ListName, Parts, Route } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";
import { useLoaded } from "../model/loaded.js";
import { useNow } from "../model/now.js";
import { addressOf } from "../model/route.js";
import { Pager } from "../parts/pager.js";
import { Problem } from "../parts/problem.js";
import { EntryTable } from "./entry-table.js";
import { RetryRefused } from "./retry-refused.js";

/** @type {Readonly<Record<ListName, { name: string, about: string, empty: string }>>} */
const LISTS = {
  waiting: {
    name: "Waiting",
    about: "Accepted, and not in the CRM with their newest content yet. They are tried again by themselves.",
    empty: "Nothing waits: every log that was accepted is in its CRM.",
  },
  uncertain: {
    name: "Uncertain",
    about: "The answer to a creation was lost. They are looked for in the CRM before anything is written again.",
    empty: "Nothing is uncertain.",
  },
  refused: {
    name: "Refused",
    about: "The CRM did not take them. Put right what the reason names, and retry.",
    empty: "Nothing was refused.",
  },
  written: {
    name: "Written",
    about: "In the CRM, the latest first.",
    empty: "Nothing has been written yet. Log a call, and it appears here.",
  },
  dropped: {
    name: "Given up",
    about: "Somebody gave them up: their content is gone, and they are not written.",
    empty: "Nothing was given up.",
  },
};

/** @param {{ parts: Parts, route: Route }} properties */
export function Ledger({ parts, route }) {
  const list = listIn(route);
  const after = route.query.get("after") ?? undefined;
  const open = useStore(parts.open);
  const now = useNow(parts);
  /** @type {Loaded<EntryPage>} */
  const page = useLoaded(parts, `entries?${new URLSearchParams({ list, ...(after && { after }) })}`);
  const { about, empty } = LISTS[list];
  return html`<div class="view">
    <h1 tabindex="-1">Ledger</h1>
    <nav class="lists" aria-label="States">
      ${names().map((name) => {
        const count = name === "written" || name === "dropped" ? undefined : open?.[name];
        return html`<a href=${addressOf(["ledger", name])} aria-current=${name === list ? "page" : undefined}
          >${LISTS[name].name}${count === undefined ? null : html` <span class="count is-quiet">${count}</span>`}</a
        >`;
      })}
    </nav>
    <div class="row is-apart">
      <p class="quiet">${about}</p>
      ${
        list === "refused" && page.value !== undefined && page.value.entries.length > 0
          ? html`<${RetryRefused} parts=${parts} onDone=${page.again} />`
          : null
      }
    </div>
    <${Problem} of=${page} />
    ${page.value?.entries.length === 0 ? html`<p class="card empty">${empty}</p>` : null}
    ${
      page.value === undefined || page.value.entries.length === 0
        ? null
        : html`<${EntryTable}
            parts=${parts}
            entries=${page.value.entries}
            now=${now}
            onChange=${page.again}
            label=${LISTS[list].name}
          />`
    }
    <${Pager}
      first=${addressOf(["ledger", list])}
      next=${page.value?.next && addressOf(["ledger", list], { after: page.value.next })}
      isFirst=${after === undefined}
    />
  </div>`;
}

/** @returns {ListName[]} */
function names() {
  return ["waiting", "uncertain", "refused", "written", "dropped"];
}

/** @param {Route} route @returns {ListName} */
function listIn({ place: [, name] }) {
  return names().find((known) => known === name) ?? "waiting";
}
