/** Notices that come and go, as the extension shows an answer's returnMessage. */

/** @import { Notice } from "../types.d.ts" */
/** @import { Notices } from "../model/notices.js" */

import { html, useEffect, useState } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { useStore } from "../../shared/store.js";

/** @param {{ notices: Notices }} properties */
export function Toasts({ notices }) {
  const shown = useStore(notices.store);
  return html`<div class="toasts" role="region" aria-label="Notices" aria-live="polite">
    ${shown.map(
      (notice) => html`<${Toast} key=${notice.id} notice=${notice} dismiss=${() => notices.dismiss(notice.id)} />`,
    )}
  </div>`;
}

/** Stays while somebody points at it. @param {{ notice: Notice, dismiss: () => void }} properties */
function Toast({ notice: { message, tone, ttl }, dismiss }) {
  const [held, hold] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(dismiss, ttl);
    return () => clearTimeout(timer);
  }, [held, ttl]);
  return html`<div class="toast is-${tone}" onMouseEnter=${() => hold(true)} onMouseLeave=${() => hold(false)}>
    <${Icon} name=${tone === "warn" || tone === "bad" ? "alert" : "check"} />
    <p>${message}</p>
    <button type="button" class="button is-plain is-small" aria-label="Dismiss" onClick=${dismiss}>
      <${Icon} name="close" size=${14} />
    </button>
  </div>`;
}
