/** What RingCentral sends after a call, each an update of the log. */

/** @import { Call } from "../types.d.ts" */
/** @import { CallLogs } from "../model/call-logs.js" */

import { html } from "../../modules/preact.js";

/** @param {{ callLogs: CallLogs, call: Call }} properties */
export function WhatComesLater({ callLogs, call }) {
  const busy = call.log.state === "saving";
  return html`<div class="stack is-tight">
    <h3>What comes later</h3>
    <div class="row">
      <button
        class="button is-small"
        type="button"
        disabled=${busy || call.later.includes("recording")}
        onClick=${() => callLogs.recordingArrives(call)}
      >
        The recording is ready
      </button>
      <button
        class="button is-small"
        type="button"
        disabled=${busy || call.later.includes("insights")}
        onClick=${() => callLogs.insightsArrive(call)}
      >
        AI note and transcript
      </button>
    </div>
    <p class="quiet small">
      The recording's link comes with a RingCentral token: look for it in the CRM, it is not there.
    </p>
  </div>`;
}
