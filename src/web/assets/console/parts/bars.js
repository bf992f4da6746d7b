/** Stacked bars over the last day. */

/** @import { Series } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import uPlot from "../../modules/uplot.js";
import { Chart } from "./chart.js";
import { useColours } from "./colours.js";
import { Picture } from "./picture.js";

/**
 * @typedef {object} BarsProperties
 * @property {string} title
 * @property {string} total
 * @property {number[]} spans Where each begins.
 * @property {number} spanMs
 * @property {(from: number) => string} nameOfSpan
 * @property {Series[]} series The lowest first; those without any value are left out.
 * @property {string} empty
 */

/** @param {BarsProperties} properties */
export function Bars({ title, total, spans, spanMs, nameOfSpan, series, empty }) {
  const [at, setAt] = useState(/** @type {number | undefined} */ (undefined));
  const colourOf = useColours();
  const shown = series.filter(({ values }) => values.some((value) => value !== 0));
  if (shown.length === 0) {
    return html`<figure class="card part picture">
      <figcaption><h3>${title}</h3></figcaption>
      <p class="empty">${empty}</p>
    </figure>`;
  }
  // The highest sums first: each bar is drawn over the one that it is a part of.
  const stacked = shown.map((_, index) => sums(shown.slice(0, index + 1))).toReversed();
  const paths = uPlot.paths.bars?.({ size: [0.72, 22], align: 0 });
  const drawn = shown.toReversed().map(({ colour }) => ({
    fill: colourOf(colour),
    stroke: colourOf(colour),
    width: 0,
    points: { show: false },
    ...(paths === undefined ? {} : { paths }),
  }));
  /** @type {uPlot.AlignedData} */
  const figures = [spans.map((from) => (from + spanMs / 2) / 1000), ...stacked];
  return html`<${Picture}
    title=${title}
    total=${total}
    series=${shown}
    names=${spans.map(nameOfSpan)}
    at=${at}
    say=${String}
    sumUp=${(/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0).toLocaleString()}
  >
    <${Chart}
      label="${title} of the last day: ${total}."
      figures=${figures}
      series=${drawn}
      spanS=${spanMs / 1000}
      colourOf=${colourOf}
      say=${(/** @type {number} */ value) => value.toLocaleString()}
      onPoint=${setAt}
    />
  <//>`;
}

/** @param {readonly Series[]} series */
function sums(series) {
  const [first] = series;
  return first === undefined
    ? []
    : first.values.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
}
