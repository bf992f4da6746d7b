/** The figures that say at a glance whether all is well. */

/** @import { Overview } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { span } from "../model/moments.js";
import { addressOf } from "../model/route.js";

/** @param {{ figures: Overview, now: number }} properties */
export function Tiles({ figures: { open, connections, longestOwedSince }, now }) {
  const oldest = longestOwedSince === undefined ? "nothing is owed" : `longest for ${span(now - longestOwedSince)}`;
  /** @param {number} entries */
  const counted = (entries) => (entries >= open.countedUpTo ? `${entries}+` : String(entries));
  return html`<ul class="tiles">
    <${Tile}
      name="Waiting"
      value=${counted(open.waiting)}
      tone=${open.waiting > 0 ? "warn" : "calm"}
      note=${oldest}
      address=${addressOf(["ledger", "waiting"])}
    />
    <${Tile}
      name="Uncertain"
      value=${counted(open.uncertain)}
      tone=${open.uncertain > 0 ? "other" : "calm"}
      note="may be in the CRM or not"
      address=${addressOf(["ledger", "uncertain"])}
    />
    <${Tile}
      name="Refused"
      value=${counted(open.refused)}
      tone=${open.refused > 0 ? "bad" : "calm"}
      note="not taken by the CRM"
      address=${addressOf(["ledger", "refused"])}
    />
    <${Tile}
      name="Connected"
      value=${String(connections.connected)}
      tone="calm"
      note=${`${connections.loggedOut} logged out`}
      address=${addressOf(["connections"])}
    />
  </ul>`;
}

/** @param {{ name: string, value: string, tone: string, note: string, address: string }} properties */
function Tile({ name, value, tone, note, address }) {
  return html`<li>
    <a class="card tile is-${tone}-tile" href=${address}>
      <span class="label">${name}</span>
      <span class="value number">${value}</span>
      <span class="quiet small">${note}</span>
    </a>
  </li>`;
}
