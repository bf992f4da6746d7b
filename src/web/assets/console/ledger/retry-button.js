/** Makes an entry due, and says when it will be tried. */

/** @import { Entry, Parts } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { span } from "../model/moments.js";

/** @param {{ parts: Parts, entry: Entry, now: number, onChange: () => void, isSmall?: boolean }} properties */
export function RetryButton({ parts, entry, now, onChange, isSmall = false }) {
  const [said, setSaid] = useState("");
  const [isAsking, setAsking] = useState(false);

  async function retry() {
    setAsking(true);
    try {
      const { dueAt = now } = await parts.api.change(`entries/${entry.id}/retry`);
      setSaid(dueAt > now ? `Due in ${span(dueAt - now)}: the CRM asked us to wait.` : "Due now.");
      onChange();
    } catch (thrown) {
      setSaid(thrown instanceof Error ? thrown.message : "");
    }
    setAsking(false);
  }

  return html`<span class="row">
    <button
      type="button"
      class="button ${isSmall ? "is-small" : "is-main"}"
      aria-label="Retry ${entry.sourceKey}"
      disabled=${isAsking}
      onClick=${() => void retry()}
    >
      <${Icon} name="again" size=${15} /> Retry
    </button>
    <span class="small quiet" role="status">${said}</span>
  </span>`;
}
