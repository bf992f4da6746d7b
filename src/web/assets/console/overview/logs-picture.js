/** Calls or conversations of the last day, by the hour and by what became of them. */

/** @import { Day, Outcome, Series } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { count } from "../../shared/words.js";
import { hourAndMinute } from "../model/moments.js";
import { Bars } from "../parts/bars.js";

const HOUR_MS = 60 * 60 * 1000;
/** @type {readonly [outcome: Outcome, name: string, colour: string][]} */
const OUTCOMES = [
  ["written", "written", "--bar-good"],
  ["waiting", "waiting", "--bar-warn"],
  ["uncertain", "uncertain", "--bar-other"],
  ["refused", "refused", "--bar-bad"],
  ["dropped", "given up", "--bar-quiet"],
];

/** @param {{ day: Day, kind: "call" | "message", title: string }} properties */
export function LogsPicture({ day, kind, title }) {
  const hours = lastHours(day.now);
  const logs = day.logs.filter((log) => log.kind === kind);
  /** @type {Series[]} */
  const series = OUTCOMES.map(([outcome, name, colour]) => ({
    name,
    colour,
    values: hours.map((from) => sumIn(logs, outcome, from)),
  }));
  const total = logs.reduce((sum, { entries }) => sum + entries, 0);
  const words = kind === "call" ? count(total, "call") : count(total, "conversation");
  return html`<${Bars}
    title=${title}
    total=${words}
    spans=${hours}
    spanMs=${HOUR_MS}
    nameOfSpan=${(/** @type {number} */ from) => `${hourAndMinute(from)}–${hourAndMinute(from + HOUR_MS)}`}
    series=${series}
    empty=${kind === "call" ? "No call was logged in the last day." : "No conversation was logged in the last day."}
  />`;
}

/** The beginnings of the reader's own last 24 hours, the present one included. @param {number} now */
function lastHours(now) {
  const present = new Date(now).setMinutes(0, 0, 0);
  return Array.from({ length: 24 }, (_, at) => present - (23 - at) * HOUR_MS);
}

/** @param {Day["logs"]} logs @param {Outcome} outcome @param {number} from */
function sumIn(logs, outcome, from) {
  return logs.reduce(
    (sum, log) => (log.outcome === outcome && log.span >= from && log.span < from + HOUR_MS ? sum + log.entries : sum),
    0,
  );
}
