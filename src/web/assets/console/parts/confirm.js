/** Asks before something that cannot be undone, or that touches much. */

import { html, useEffect, useRef } from "../../modules/preact.js";

/**
 * @param {{ title: string, yes: string, isBad?: boolean, onYes: () => void, onNo: () => void, children?: unknown }} properties
 */
export function Confirm({ title, yes, isBad = false, onYes, onNo, children }) {
  /** @type {{ current: HTMLDialogElement | null }} */
  const dialog = useRef(null);
  useEffect(() => dialog.current?.showModal(), []);
  return html`<dialog ref=${dialog} class="card dialog" aria-labelledby="dialog-title" onCancel=${onNo}>
    <div class="stack">
      <h2 id="dialog-title">${title}</h2>
      <div class="quiet">${children}</div>
      <div class="row at-end">
        <button type="button" class="button" onClick=${onNo}>Cancel</button>
        <button type="button" class="button ${isBad ? "is-bad" : "is-main"}" onClick=${onYes}>${yes}</button>
      </div>
    </div>
  </dialog>`;
}
