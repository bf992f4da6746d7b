/** Curves over the last day; where nothing was measured there is a gap. */

/** @import { Series } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { Chart } from "./chart.js";
import { useColours } from "./colours.js";
import { Picture } from "./picture.js";

/**
 * @typedef {object} LinesProperties
 * @property {string} title
 * @property {string} total
 * @property {number[]} moments
 * @property {(at: number) => string} nameOfMoment
 * @property {(value: number) => string} say
 * @property {Series[]} series
 */

/** @param {LinesProperties} properties */
export function Lines({ title, total, moments, nameOfMoment, say, series }) {
  const [at, setAt] = useState(/** @type {number | undefined} */ (undefined));
  const colourOf = useColours();
  const drawn = series.map(({ colour }) => ({
    stroke: colourOf(colour),
    width: 2,
    points: { show: true, size: 5, fill: colourOf(colour) },
  }));
  return html`<${Picture}
    title=${title}
    total=${total}
    series=${series}
    names=${moments.map(nameOfMoment)}
    at=${at}
    say=${say}
  >
    <${Chart}
      label="${title} in the last day: ${total}."
      figures=${[moments.map((moment) => moment / 1000), ...series.map(({ values }) => values)]}
      series=${drawn}
      spanS=${(moments[1] ?? 0) / 1000 - (moments[0] ?? 0) / 1000}
      colourOf=${colourOf}
      say=${say}
      onPoint=${setAt}
    />
  <//>`;
}
