/** The way of one call or conversation, from the first look-up to how it stands now. */

/** @import { Entry, EntryAnswer } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { meaningOf, nextOf, stateOf } from "../model/entry-words.js";
import { Moment } from "../parts/moment.js";
import { Step } from "./step.js";

/** @param {{ entry: Entry, path: EntryAnswer["path"], now: number }} properties */
export function EntryPath({ entry, path: { steps, isWhole }, now }) {
  const { tone } = stateOf(entry);
  const isOver = entry.state === "written" || entry.state === "dropped";
  return html`<div class="stack">
    ${isWhole ? null : html`<p class="quiet small">Earlier steps are not kept any more: a path is forgotten after 30 days.</p>`}
    <ol class="path">
      ${steps.map(
        (step) =>
          html`<li class="step is-${toneOf(step)}-step">
            <p class="quiet small"><${Moment} at=${step.at} now=${now} isExact /></p>
            <${Step} step=${step} entry=${entry} />
          </li>`,
      )}
      <li class="step is-${tone}-step is-present">
        <p class="quiet small">Now</p>
        <div>
          <p><strong>${meaningOf(entry)}</strong></p>
          ${isOver ? null : html`<p class="quiet small">Next attempt: ${nextOf(entry, now)}.</p>`}
        </div>
      </li>
    </ol>
  </div>`;
}

/** @param {EntryAnswer["path"]["steps"][number]} step */
function toneOf(step) {
  if (step.what === "number looked up") return step.facts.outcome === "unknown" ? "bad" : "info";
  if (step.what === "log accepted") return "info";
  const { state } = step.facts;
  if (state === "written") return "good";
  if (state === "refused") return "bad";
  return state === "uncertain" ? "other" : "warn";
}
