/** Requests to one CRM over the last day: how long they took, how they ended, and which they were. */

/** @import { Day, Ending, PlatformTraffic, Series } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { count, milliseconds } from "../../shared/words.js";
import { hourAndMinute } from "../model/moments.js";
import { Bars } from "../parts/bars.js";
import { Lines } from "../parts/lines.js";
import { Operations } from "./operations.js";

const STEP_MS = 30 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** @type {readonly [ending: Ending, name: string, colour: string][]} */
const ENDINGS = [
  ["answered", "answered", "--bar-accent"],
  ["refused", "refused", "--bar-other"],
  ["slowed down", "slowed down", "--bar-warn"],
  ["failed", "failed", "--bar-bad"],
];

/** @param {{ day: Day }} properties */
export function TrafficPictures({ day: { traffic, now } }) {
  const [chosen, choose] = useState(traffic[0]?.platform);
  const shown = traffic.find(({ platform }) => platform === chosen) ?? traffic[0];
  if (shown === undefined) {
    return html`<div class="card part is-wide">
      <h3>Requests to CRMs</h3>
      <p class="empty">No CRM was asked in the last day.</p>
    </div>`;
  }
  return html`<div class="is-open">
    ${
      traffic.length < 2
        ? null
        : html`<div class="tabs is-wide" role="group" aria-label="CRM">
            ${traffic.map(
              ({ platform, crm }) =>
                html`<button
                  type="button"
                  aria-pressed=${String(platform === shown.platform)}
                  onClick=${() => choose(platform)}
                >
                  ${crm}
                </button>`,
            )}
          </div>`
    }
    <${Latency} traffic=${shown} now=${now} />
    <${Requests} traffic=${shown} now=${now} />
    <${Operations} traffic=${shown} />
  </div>`;
}

/** @param {{ traffic: PlatformTraffic, now: number }} properties */
function Latency({ traffic, now }) {
  const steps = stepsOf(now);
  /** @param {"p50" | "p95"} part */
  const valuesOf = (part) => steps.map((at) => traffic.points.find((point) => point.at === at)?.[part] ?? null);
  /** @type {Series[]} */
  const series = [
    { name: "half within (p50)", colour: "--bar-accent", values: valuesOf("p50") },
    { name: "95 % within (p95)", colour: "--bar-warn", values: valuesOf("p95") },
  ];
  const { p50 = 0, p95 = 0 } = traffic;
  return html`<${Lines}
    title="How fast ${traffic.crm} answers"
    total=${`p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}`}
    moments=${steps}
    nameOfMoment=${nameOfStep}
    say=${milliseconds}
    series=${series}
  />`;
}

/** @param {{ traffic: PlatformTraffic, now: number }} properties */
function Requests({ traffic, now }) {
  const steps = stepsOf(now);
  /** @type {Series[]} */
  const series = ENDINGS.map(([ending, name, colour]) => ({
    name,
    colour,
    values: steps.map((at) => traffic.points.find((point) => point.at === at)?.endings[ending] ?? 0),
  }));
  return html`<${Bars}
    title="Requests to ${traffic.crm}"
    total=${count(traffic.requests, "request")}
    spans=${steps}
    spanMs=${STEP_MS}
    nameOfSpan=${nameOfStep}
    series=${series}
    empty="No request in the last day."
  />`;
}

/** @param {number} now */
function stepsOf(now) {
  const last = now - (now % STEP_MS);
  return Array.from({ length: DAY_MS / STEP_MS }, (_, at) => last - (DAY_MS / STEP_MS - 1 - at) * STEP_MS);
}

/** @param {number} at */
function nameOfStep(at) {
  return `${hourAndMinute(at)}–${hourAndMinute(at + STEP_MS)}`;
}
