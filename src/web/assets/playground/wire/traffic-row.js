/** One line of the wire. A request of the phone opens to show what was sent and answered. */

/** @import { Tone, Traffic } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { clockTime, milliseconds } from "../../shared/words.js";
import { ExchangeDetail } from "./exchange-detail.js";

/** @param {{ row: Traffic, revealed: boolean }} properties */
export function TrafficRow({ row, revealed }) {
  if (row.lane === "phone") return html`<${Exchange} row=${row} revealed=${revealed} />`;
  if (row.lane === "crm") {
    const { method, path, outcome, took, at } = row;
    return html`<li class="traffic-row lane is-crm">
      <span class="traffic-line">
        <span class="method">${method}</span>
        <span class="path">${path}</span>
        <${Outcome} tone=${toneOf(outcome)} words=${String(outcome)} />
        <span class="took number">${milliseconds(took)}</span>
      </span>
      <span class="unseen">Trunkline asked the CRM at ${clockTime(at)}</span>
    </li>`;
  }
  return html`<li class="traffic-row lane is-inside is-${row.tone}">
    <span class="traffic-line">${row.text}</span>
  </li>`;
}

/** @param {{ row: Extract<Traffic, { lane: "phone" }>, revealed: boolean }} properties */
function Exchange({ row, revealed }) {
  const { method, path, status, took, at } = row;
  const [open, setOpen] = useState(false);
  const toggle = (/** @type {Event} */ { target }) => setOpen(target instanceof HTMLDetailsElement && target.open);
  const tone = status === undefined ? "quiet" : toneOf(status);
  const words = status === undefined ? "…" : status === 0 ? "no answer" : String(status);
  return html`<li class="traffic-row lane is-phone">
    <details onToggle=${toggle}>
      <summary class="traffic-line">
        <span class="at quiet number">${clockTime(at)}</span>
        <span class="method">${method}</span>
        <span class="path">${path}</span>
        <${Outcome} tone=${tone} words=${words} />
        <span class="took number">${took === undefined ? "" : milliseconds(took)}</span>
      </summary>
      ${open && html`<${ExchangeDetail} row=${row} revealed=${revealed} />`}
    </details>
  </li>`;
}

/** @param {{ tone: Tone, words: string }} properties */
function Outcome({ tone, words }) {
  return html`<span class="outcome number is-${tone}">${words}</span>`;
}

/** @param {string | number} outcome A status, or why there is none. @returns {Tone} */
function toneOf(outcome) {
  if (typeof outcome !== "number") return "bad";
  if (outcome >= 200 && outcome < 400) return "good";
  return outcome === 429 ? "warn" : "bad";
}
