/** How a log stands, in a sentence that keeps up with what the server tells. */

/** @import { LogState } from "../types.d.ts" */

import { html, useEffect, useState } from "../../modules/preact.js";
import { clockTime, count } from "../../shared/words.js";

/** @param {{ log: LogState, crm: string }} properties */
export function LogProgress({ log, crm }) {
  const { state, logId, said, attempt, at } = log;
  if (state === "waiting") {
    return html`<div class="notice is-warn stack is-tight" role="status">
      <p>
        ${attempt > 0 && html`<b>Nothing is lost: it is saved here</b> and written as soon as ${crm} can be reached. `}
        ${said ?? "It has not answered yet."}
      </p>
      <p class="small"><${Since} at=${at} />${attempt > 0 && ` · ${count(attempt, "attempt")} so far`}</p>
    </div>`;
  }
  if (state === "refused") return html`<p class="notice is-bad" role="alert">${said ?? `${crm} refused it.`}</p>`;
  if (state !== "written") return null;
  const since = `${at > 0 ? ` since ${clockTime(at)}` : ""}${attempt > 1 ? `, after ${attempt} attempts` : ""}`;
  return html`<p class="quiet small" role="status">
    ${logId === undefined ? `In ${crm}` : html`In ${crm} as <code>${logId}</code>`}${since}.
  </p>`;
}

/** @param {{ at: number }} properties */
function Since({ at }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const clock = setInterval(() => tick((counted) => counted + 1), 1_000);
    return () => clearInterval(clock);
  }, []);
  const seconds = Math.max(0, Math.round((Date.now() - at) / 1000));
  return html`<span class="number" aria-hidden="true">Waiting for ${count(seconds, "second")}</span>`;
}
