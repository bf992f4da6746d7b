/** The call that is open, or the ways to begin one and those that were. */

/** @import { Direction, Parts } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";
import { CallView } from "./call-view.js";
import { NumberChoice } from "./number-choice.js";
import { RecentCalls } from "./recent-calls.js";

/** @type {readonly [direction: Direction, words: string][]} */
const DIRECTIONS = [
  ["Inbound", "They call you"],
  ["Outbound", "You call them"],
];

/** @param {{ parts: Parts }} properties */
export function CallsTab({ parts }) {
  const { calls, openId } = useStore(parts.calls.store);
  const [direction, setDirection] = useState(/** @type {Direction} */ ("Inbound"));
  const open = calls.find(({ sessionId }) => sessionId === openId);
  if (open !== undefined) return html`<${CallView} key=${open.sessionId} parts=${parts} call=${open} />`;
  return html`<div class="stack">
    <h2>Begin a call</h2>
    <div class="tabs" role="group" aria-label="Direction">
      ${DIRECTIONS.map(
        ([name, words]) =>
          html`<button type="button" aria-pressed=${String(direction === name)} onClick=${() => setDirection(name)}>
            ${words}
          </button>`,
      )}
    </div>
    <${NumberChoice}
      parts=${parts}
      action=${direction === "Inbound" ? "Let it ring" : "Call"}
      choose=${(/** @type {string} */ number) => parts.calls.ring({ number, direction })}
    />
    <${RecentCalls} calls=${calls} parts=${parts} />
  </div>`;
}
