/** Makes the Demo CRM misbehave, so that one can see what becomes of the logs. */

/** @import { CrmCondition } from "../types.d.ts" */
/** @import { Condition } from "../model/condition.js" */

import { html } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";

/** @type {readonly [condition: CrmCondition, name: string, what: string][]} */
const CONDITIONS = [
  ["well", "Well", "It answers at once."],
  ["down", "Down", "It cuts every connection. Logs wait here and arrive when it is well again."],
  ["slow", "Slow", "It takes three seconds for every answer."],
  ["rate-limited", "Rate limited", "It refuses every request for ten seconds at a time; nothing is sent meanwhile."],
  [
    "loses-answers",
    "Loses answers",
    "It writes a new log and never says so. The log is looked for, not written twice.",
  ],
];

/** @param {{ condition: Condition }} properties */
export function ConditionBar({ condition }) {
  const { condition: present } = useStore(condition.store);
  const [, , what = "Somebody else has ordered faults of their own."] =
    CONDITIONS.find(([name]) => name === present) ?? [];
  return html`<fieldset class="condition" data-is=${present === "well" ? "well" : "ill"}>
    <legend class="unseen">How the Demo CRM is</legend>
    <div class="row">
      ${CONDITIONS.map(
        ([name, words]) =>
          html`<label class="pill">
            <input
              type="radio"
              name="condition"
              value=${name}
              checked=${present === name}
              onChange=${() => condition.order(name)}
            />
            <span>${words}</span>
          </label>`,
      )}
    </div>
    <p class="small" role="status">${what}</p>
  </fieldset>`;
}
