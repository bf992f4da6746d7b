/** Asks again for everything that was refused, some at a time, and counts along. */

/** @import { Parts } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { count } from "../../shared/words.js";
import { Confirm } from "../parts/confirm.js";

/** @param {{ parts: Parts, onDone: () => void }} properties */
export function RetryRefused({ parts, onDone }) {
  const [isAsked, ask] = useState(false);
  const [said, setSaid] = useState("");

  async function retry() {
    ask(false);
    const before = Date.now() + parts.clockAhead.get();
    /** @type {string | undefined} */
    let after;
    let due = 0;
    try {
      do {
        const answer = await parts.api.change("retry-refused", { before, ...(after && { after }) });
        due += answer.due;
        after = answer.next;
        setSaid(`${count(due, "log is", "logs are")} due now.`);
      } while (after !== undefined);
    } catch (thrown) {
      setSaid(`${thrown instanceof Error ? thrown.message : ""} ${count(due, "log is", "logs are")} due so far.`);
    }
    onDone();
  }

  return html`<div class="row">
    <span class="small quiet" role="status">${said}</span>
    <button type="button" class="button" onClick=${() => ask(true)}>Retry all refused</button>
    ${
      isAsked
        ? html`<${Confirm}
            title="Retry everything that was refused?"
            yes="Retry all"
            onYes=${() => void retry()}
            onNo=${() => ask(false)}
          >
            Each log is sent once more. What the CRM refuses again comes back here with its reason.
          <//>`
        : null
    }
  </div>`;
}
