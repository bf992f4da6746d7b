/** The wire, live: what the phone asked and was answered, what Trunkline did, and what it asked the CRM. */

/** @import { Parts } from "../types.d.ts" */

import { html, useEffect, useRef, useState } from "../../modules/preact.js";
import { ticked } from "../../shared/forms.js";
import { useStore } from "../../shared/store.js";
import { TrafficRow } from "./traffic-row.js";

const PAGE = 60;
/** So near to the end one wants to follow it. */
const NEAR_PX = 60;

/** @param {{ parts: Parts }} properties */
export function WirePane({ parts: { live, session, traffic, view } }) {
  const rows = useStore(traffic.store);
  const { revealed } = useStore(view);
  const { token } = useStore(session.store);
  const isLive = useStore(live);
  const [shown, show] = useState(PAGE);
  const list = useFollowedEnd(rows.length);
  const hidden = Math.max(0, rows.length - shown);
  return html`
    <div class="pane-head">
      <div class="row">
        <h2>On the wire</h2>
        ${
          token !== undefined &&
          html`<span class="badge ${isLive ? "is-good" : "is-warn"}">${isLive ? "Live" : "Reconnecting…"}</span>`
        }
      </div>
      <div class="row">
        <label class="check small">
          <input
            type="checkbox"
            checked=${revealed}
            onChange=${(/** @type {Event} */ event) => view.change((now) => ({ ...now, revealed: ticked(event) }))}
          />
          <span>Show secrets</span>
        </label>
        <button class="button is-plain is-small" type="button" disabled=${rows.length === 0} onClick=${traffic.clear}>
          Clear
        </button>
      </div>
    </div>
    <p class="legend small">
      <span class="lane is-phone">Phone to Trunkline</span>
      <span class="lane is-crm">Trunkline to CRM</span>
      <span class="lane is-inside">Inside</span>
    </p>
    <div class="pane-scroll" ref=${list} tabindex="0" role="region" aria-label="Requests">
      ${rows.length === 0 && html`<p class="empty">Nothing yet. Every request shows here the moment it is sent.</p>`}
      ${
        hidden > 0 &&
        html`<button class="button is-plain is-small" type="button" onClick=${() => show(shown + PAGE)}>
          Show ${Math.min(PAGE, hidden)} earlier of ${hidden}
        </button>`
      }
      <ol class="traffic">
        ${rows.slice(-shown).map((row) => html`<${TrafficRow} key=${row.id} row=${row} revealed=${revealed} />`)}
      </ol>
    </div>
  `;
}

/** Keeps the end in sight as long as somebody looks at it. @param {number} length */
function useFollowedEnd(length) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const follows = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const look = () => {
      follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    };
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, []);
  useEffect(() => {
    const element = list.current;
    if (element !== null && follows.current) element.scrollTop = element.scrollHeight;
  }, [length]);
  return list;
}
