/** What happened last, on every server of this database. */

/** @import { Loaded } from "../model/loaded.js" */
/** @import { ActivityStep, Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { count, milliseconds } from "../../shared/words.js";
import { useLoaded } from "../model/loaded.js";
import { addressOf } from "../model/route.js";
import { Moment } from "../parts/moment.js";
import { Problem } from "../parts/problem.js";

/** @param {{ parts: Parts, now: number }} properties */
export function Activity({ parts, now }) {
  /** @type {Loaded<{ steps: ActivityStep[] }>} */
  const loaded = useLoaded(parts, "activity?limit=12");
  return html`<section class="card part" aria-labelledby="activity">
    <h2 id="activity">Just now</h2>
    <${Problem} of=${loaded} />
    ${
      loaded.value?.steps.length === 0
        ? html`<p class="empty">Nothing has happened yet. Connect a user, and look a number up.</p>`
        : null
    }
    <ol class="activity">
      ${loaded.value?.steps.map(
        (step) =>
          html`<li>
            <span class="quiet small"><${Moment} at=${step.at} now=${now} isExact /></span>
            <span><${Happened} step=${step} /></span>
          </li>`,
      )}
    </ol>
  </section>`;
}

/** @type {Readonly<Record<string, string>>} */
const AIMS = { create: "written", update: "updated", look: "found" };

/** @param {{ step: ActivityStep }} properties */
function Happened({ step }) {
  const { what, who, kind, number, entryId } = step;
  if (what === "number looked up") {
    const address = addressOf(["search"], { text: number });
    return html`<span>${who} looked up <a href=${address} class="number">${number}</a>: ${answerOf(step)}</span>`;
  }
  const log = html`<a href=${addressOf(["entry", entryId ?? ""])}>${kind === "message" ? "conversation" : "call"}</a>`;
  return html`<span>${who}'s ${log} ${outcomeOf(step)} <span class="quiet small">${tookOf(step)}</span></span>`;
}

/** @param {ActivityStep} step */
function outcomeOf({ what, version = 1, state, aim = "create", crm }) {
  if (what === "log accepted") return version > 1 ? "was accepted with a change" : "was accepted";
  if (state === "written") return `was ${AIMS[aim]} in ${crm}`;
  return state === "refused" ? `was refused by ${crm}` : `is not in ${crm} yet`;
}

/** @param {ActivityStep} step */
function tookOf({ milliseconds: ms }) {
  return ms === undefined ? "" : milliseconds(ms);
}

/** @param {ActivityStep} step */
function answerOf({ outcome, from, matches = 0 }) {
  if (outcome === "unknown") return "the CRM could not be asked";
  if (outcome === "extension") return "an extension";
  return `${matches === 0 ? "nobody" : count(matches, "match", "matches")}, from ${from === "CRM" ? "the CRM" : "the index"}`;
}
