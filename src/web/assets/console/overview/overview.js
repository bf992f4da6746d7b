/** The first page: is anything held up, how was the last day, and what happens now. */

/** @import { Loaded } from "../model/loaded.js" */
/** @import { Day, Overview as Figures, Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { useLoaded } from "../model/loaded.js";
import { useNow } from "../model/now.js";
import { Problem } from "../parts/problem.js";
import { Activity } from "./activity.js";
import { Budgets } from "./budgets.js";
import { Issues } from "./issues.js";
import { LogsPicture } from "./logs-picture.js";
import { Tiles } from "./tiles.js";
import { TrafficPictures } from "./traffic-pictures.js";

/** @param {{ parts: Parts }} properties */
export function Overview({ parts }) {
  /** @type {Loaded<Figures>} */
  const figures = useLoaded(parts, "overview");
  /** @type {Loaded<Day>} */
  const day = useLoaded(parts, "day");
  const now = useNow(parts);
  return html`<div class="view">
    <h1 tabindex="-1">Overview</h1>
    <${Problem} of=${figures} />
    ${
      figures.value === undefined
        ? null
        : html`<${Tiles} figures=${figures.value} now=${now} /> <${Issues} issues=${figures.value.issues} now=${now} />`
    }
    <section class="stack" aria-labelledby="last-day">
      <h2 id="last-day">The last day</h2>
      <${Problem} of=${day} />
      ${
        day.value === undefined
          ? null
          : html`<div class="pictures">
              <${LogsPicture} day=${day.value} kind="call" title="Calls" />
              <${LogsPicture} day=${day.value} kind="message" title="Conversations" />
              <${TrafficPictures} day=${day.value} />
            </div>`
      }
    </section>
    <div class="halves">
      ${day.value === undefined ? null : html`<${Budgets} budgets=${day.value.budgets} now=${now} />`}
      <${Activity} parts=${parts} now=${now} />
    </div>
  </div>`;
}
