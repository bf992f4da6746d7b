/** What the CRMs still allow, the lowest first, and until when it lasts at the present rate. */

/** @import { Budget, Day } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { count } from "../../shared/words.js";
import { hourAndMinute } from "../model/moments.js";

/** @param {{ budgets: Day["budgets"], now: number }} properties */
export function Budgets({ budgets: { known, lowest }, now }) {
  return html`<section class="card part" aria-labelledby="budgets">
    <h2 id="budgets">Budgets</h2>
    ${
      lowest.length === 0
        ? html`<p class="empty">No CRM has told this server of a limit of late.</p>`
        : html`<ul class="stack">
            ${lowest.map((budget) => html`<li><${BudgetLine} budget=${budget} now=${now} /></li>`)}
          </ul>`
    }
    <p class="quiet small">
      What the CRMs said in their answers to this
      server${known > lowest.length ? `; the lowest ${lowest.length} of ${count(known, "user")}` : ""}.
    </p>
  </section>`;
}

/** @param {{ budget: Budget, now: number }} properties */
function BudgetLine({ budget, now }) {
  const { who, crm, remaining, limit, resetsAt, usedPerHour, usedUpAt } = budget;
  const used = limit - remaining;
  const part = used / limit;
  return html`<div class="stack is-tightest">
    <div class="row is-apart">
      <span><strong>${who}</strong> <span class="quiet">at ${crm}</span></span>
      <span class="number small">${used.toLocaleString()} of ${limit.toLocaleString()} used</span>
    </div>
    <meter
      class="is-${part > 0.9 ? "bad" : part > 0.75 ? "warn" : "good"}-meter"
      min="0"
      max=${limit}
      value=${used}
      aria-label="Used of ${who}'s budget at ${crm}"
    ></meter>
    <p class="small ${usedUpAt === undefined ? "quiet" : "is-alarming"}">
      ${
        usedUpAt === undefined
          ? `Lasts until it is renewed at ${at(resetsAt, now)}`
          : `Used up at ${at(usedUpAt, now)} if it goes on like this; renewed at ${at(resetsAt, now)}`
      }
      ${usedPerHour === 0 ? "." : `, at ${usedPerHour.toLocaleString()} an hour.`}
    </p>
  </div>`;
}

/** @param {number} moment @param {number} now */
function at(moment, now) {
  const seconds = Math.ceil((moment - now) / 1000);
  return seconds < 60 ? `${hourAndMinute(moment)} (in ${Math.max(0, seconds)} s)` : hourAndMinute(moment);
}
