/** The calls that were, newest first, and whether they are logged. */

/** @import { Call, Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { Paged } from "../../shared/paged.js";
import { clockTime, timer } from "../../shared/words.js";
import { callerName } from "../model/callers.js";
import { resultOf, talkSeconds } from "../model/calls.js";
import { LogBadge } from "../parts/log-badge.js";

const PAGE = 10;

/** @param {{ calls: Call[], parts: Parts }} properties */
export function RecentCalls({ calls, parts }) {
  return html`<section class="stack is-tight" aria-labelledby="recent">
    <h2 id="recent">Recent calls</h2>
    ${
      calls.length === 0 && html`<p class="empty">No calls yet. Pick a number above, answer, and log what was said.</p>`
    }
    <${Paged}
      items=${calls}
      size=${PAGE}
      list=${(/** @type {Call[]} */ shown) =>
        html`<ul class="people">
          ${shown.map((call) => html`<li key=${call.sessionId}><${Recent} call=${call} parts=${parts} /></li>`)}
        </ul>`}
    />
  </section>`;
}

/** @param {{ call: Call, parts: Parts }} properties */
function Recent({ call, parts }) {
  const { direction, startedAt, caller, log, sessionId } = call;
  const about = resultOf(call) === "Call connected" ? timer(talkSeconds(call)) : resultOf(call);
  return html`<button type="button" class="person" onClick=${() => parts.calls.open(sessionId)}>
    <span class="avatar is-plain"><${Icon} name=${direction === "Inbound" ? "incoming" : "outgoing"} /></span>
    <span class="person-name">${callerName(caller)}</span>
    <span class="person-about quiet small number">
      <span class="unseen">${direction}</span> ${clockTime(startedAt)} · ${about}
    </span>
    <${LogBadge} log=${log} />
  </button>`;
}
