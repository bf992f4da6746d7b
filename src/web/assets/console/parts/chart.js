/** One uPlot picture that fills its place, and says over which of its points the pointer is. */

import { html, useEffect, useRef } from "../../modules/preact.js";
import uPlot from "../../modules/uplot.js";
import { hourAndMinute } from "../model/moments.js";

const HEIGHT = 170;

/**
 * @typedef {object} ChartProperties
 * @property {string} label What it shows, for who cannot see it; the table below has the figures.
 * @property {uPlot.AlignedData} figures
 * @property {uPlot.Series[]} series
 * @property {number} spanS What one point stands for, in seconds: half of it is left free at both ends.
 * @property {(name: string) => string} colourOf
 * @property {(value: number) => string} say
 * @property {(at: number | undefined) => void} onPoint
 */

/** @param {ChartProperties} properties */
export function Chart({ label, figures, series, spanS, colourOf, say, onPoint }) {
  /** @type {{ current: HTMLDivElement | null }} */
  const place = useRef(null);
  const colours = [colourOf("--quiet"), colourOf("--line")];
  const drawn = JSON.stringify([figures, colours, series.map(({ stroke, fill }) => [stroke, fill])]);
  useEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const chart = new uPlot(
      optionsOf({ width: current.clientWidth, series, spanS, colours, say, onPoint }),
      figures,
      current,
    );
    const resized = new ResizeObserver(() => chart.setSize({ width: current.clientWidth, height: HEIGHT }));
    resized.observe(current);
    return () => {
      resized.disconnect();
      chart.destroy();
    };
  }, [drawn]);
  return html`<div ref=${place} class="chart" role="img" aria-label=${label}></div>`;
}

/** Whole figures only: there is no half call. */
const STEPS = [1, 2, 5]
  .flatMap((step) => [1, 10, 100, 1_000, 10_000, 100_000].map((power) => step * power))
  .toSorted((one, other) => one - other);

/**
 * @param {Pick<ChartProperties, "series" | "spanS" | "say" | "onPoint"> & { width: number, colours: string[] }} wanted
 * @returns {uPlot.Options}
 */
function optionsOf({ width, series, spanS, colours: [text = "", line = ""], say, onPoint }) {
  const font = "11px system-ui, sans-serif";
  const axis = { stroke: text, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return {
    width,
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { range: (_, first, last) => [first - spanS / 2, last + spanS / 2] },
      y: { range: (_, __, most) => [0, Math.max(most * 1.1, 4)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 26,
        space: 60,
        values: (_, at) => at.map((second) => hourAndMinute(second * 1000)),
      },
      {
        ...axis,
        size: 52,
        space: 36,
        incrs: STEPS,
        values: (_, at) => at.map((value) => (value === 0 ? "0" : say(value))),
      },
    ],
    series: [{}, ...series],
    hooks: { setCursor: [({ cursor: { idx } }) => onPoint(idx ?? undefined)] },
  };
}
