/** Entries of the ledger, one a line; on a narrow screen, one a card. */

/** @import { Entry, Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { EntryLine } from "./entry-line.js";

/** @param {{ parts: Parts, entries: Entry[], now: number, onChange: () => void, label: string }} properties */
export function EntryTable({ parts, entries, now, onChange, label }) {
  return html`<div class="card">
    <table class="table entries" aria-label=${label}>
      <thead>
        <tr>
          <th scope="col">Log</th>
          <th scope="col">User</th>
          <th scope="col">State</th>
          <th scope="col">Why</th>
          <th scope="col">Since</th>
          <th scope="col">Next</th>
          <th scope="col"><span class="unseen">What you can do</span></th>
        </tr>
      </thead>
      <tbody>
        ${entries.map(
          (entry) =>
            html`<${EntryLine} key=${entry.id} parts=${parts} entry=${entry} now=${now} onChange=${onChange} />`,
        )}
      </tbody>
    </table>
  </div>`;
}
