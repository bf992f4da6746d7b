/** One step of a path in words: who asked, what matched and why, what was accepted, what came of an attempt. */

/** @import { AttemptFacts, Entry, LookUpFacts, PathStep } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { milliseconds } from "../../shared/words.js";
import { Matches } from "../parts/matches.js";

/** @param {{ step: PathStep, entry: Entry }} properties */
export function Step({ step, entry }) {
  if (step.what === "number looked up") return html`<${LookedUp} facts=${step.facts} entry=${entry} />`;
  if (step.what === "log accepted") return html`<${Accepted} version=${step.facts.version} entry=${entry} />`;
  return html`<${Attempted} facts=${step.facts} entry=${entry} />`;
}

/** @param {{ facts: LookUpFacts, entry: Entry }} properties */
function LookedUp({ facts, entry: { user, crm } }) {
  return html`<div class="stack is-tightest">
    <p>
      <strong>${user.name} looked up <span class="number">${facts.number}</span></strong>
    </p>
    <${Matches} facts=${facts} crm=${crm} />
  </div>`;
}

/** @param {{ version: number, entry: Entry }} properties */
function Accepted({ version, entry: { kind } }) {
  const what = kind === "call" ? "The call" : "The conversation";
  return html`<div>
    <p><strong>${version === 1 ? `${what} was accepted` : `${what} was changed: version ${version}`}</strong></p>
    <p class="quiet small">From here on it cannot be lost.</p>
  </div>`;
}

/** @type {Readonly<Record<string, [done: string, tried: string]>>} */
const AIMS = {
  create: ["Written into", "Tried to write into"],
  update: ["Updated in", "Tried to update in"],
  look: ["Found in", "Looked for in"],
};

/** @param {{ facts: AttemptFacts, entry: Entry }} properties */
function Attempted({ facts, entry: { crm } }) {
  const { aim, state, attempt, logId, reason, version, milliseconds: ms } = facts;
  const [done, tried] = AIMS[aim] ?? ["Written into", "Tried to write into"];
  const isDone = state === "written";
  return html`<div class="stack is-tightest">
    <p><strong>${isDone ? done : tried} ${crm}</strong></p>
    <p class="small">
      ${isDone && logId !== undefined ? html`As <code>${logId}</code>.` : outcomeOf(facts)} ${isDone ? "" : reason}
    </p>
    <p class="quiet small number">Version ${version}, attempt ${attempt}, ${milliseconds(ms)}</p>
  </div>`;
}

/** @param {AttemptFacts} facts */
function outcomeOf({ aim, state, logId }) {
  if (state === "refused") return "Refused.";
  if (state === "uncertain") return "It is not known whether it was done.";
  if (aim === "look" && logId === undefined) return "It is not there: it is written next.";
  return "Not done.";
}
