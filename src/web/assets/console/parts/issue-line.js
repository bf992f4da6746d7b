/** One issue: what is wrong, since when, what the CRM said, and what to do. */

/** @import { Issue } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { count } from "../../shared/words.js";
import { moment } from "../model/moments.js";
import { addressOf } from "../model/route.js";
import { Moment } from "./moment.js";

/** What passes by itself is not alarming. */
const PASSING = ["unreachable", "rate limit", "inside"];

/** @param {{ issue: Issue, now: number }} properties */
export function IssueLine({ issue, now }) {
  const { cause, sentence, next, since, until, said, entries, list } = issue;
  const isPassing = PASSING.includes(cause);
  return html`<div class="issue is-${isPassing ? "passing" : "yours"}">
    <${Icon} name=${isPassing ? "clock" : "alert"} />
    <div class="stack is-tightest">
      <p class="row is-close">
        <strong>${sentence}</strong>
        <span class="quiet small">
          Since${" "}<${Moment}
            at=${since}
            now=${now}
            isExact
          />${until === undefined ? "" : `, until ${moment(until, now)}`}.
        </span>
      </p>
      ${said === undefined ? null : html`<p class="quiet small">Last: “${said}”</p>`}
      <p class="small">${next}</p>
    </div>
    ${
      list === undefined
        ? null
        : html`<a class="button is-small" href=${addressOf(["ledger", list])}>Show ${count(entries, "log")}</a>`
    }
  </div>`;
}
