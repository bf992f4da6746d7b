/** An entry with its path: beside each other where there is room. */

/** @import { EntryAnswer, Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { adviceOn, meaningOf } from "../model/entry-words.js";
import { useNow } from "../model/now.js";
import { StateBadge } from "../parts/badge.js";
import { EntryActions } from "./entry-actions.js";
import { EntryContent } from "./entry-content.js";
import { EntryFacts } from "./entry-facts.js";
import { EntryPath } from "./entry-path.js";

/** @param {{ parts: Parts, answer: EntryAnswer, onChange: () => void }} properties */
export function EntryView({ parts, answer: { entry, path }, onChange }) {
  const now = useNow(parts);
  const advice = adviceOn(entry);
  const { links, crm } = entry;
  return html`<div class="entry">
    <div class="stack">
      <section class="card part" aria-label="How it stands">
        <p class="row"><${StateBadge} entry=${entry} /> <strong>${meaningOf(entry)}</strong></p>
        ${entry.lastError === undefined ? null : html`<p class="notice is-${entry.state === "refused" ? "bad" : "warn"}">${entry.lastError}</p>`}
        ${advice === undefined ? null : html`<p class="small">${advice}</p>`}
        <${EntryActions} parts=${parts} entry=${entry} now=${now} onChange=${onChange} />
        <div class="row">
          ${links.log === undefined ? null : html`<${OpenIn} address=${links.log}>Open the log in ${crm}<//>`}
          ${links.contact === undefined ? null : html`<${OpenIn} address=${links.contact}>Open the contact in ${crm}<//>`}
        </div>
      </section>
      <section class="card part" aria-labelledby="facts">
        <h2 id="facts">Facts</h2>
        <${EntryFacts} entry=${entry} now=${now} />
        <${EntryContent} parts=${parts} entry=${entry} />
      </section>
    </div>
    <section class="card part" aria-labelledby="path">
      <h2 id="path">Path</h2>
      <${EntryPath} entry=${entry} path=${path} now=${now} />
    </section>
  </div>`;
}

/** @param {{ address: string, children?: unknown }} properties */
function OpenIn({ address, children }) {
  return html`<a class="button is-small" href=${address} target="_blank" rel="noreferrer"
    ><${Icon} name="open" size=${15} /> ${children}</a
  >`;
}
