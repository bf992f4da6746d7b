/** One call from its ring to the last edit of its log. */

/** @import { Call, Caller, Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { useStore } from "../../shared/store.js";
import { CallerCard } from "../caller/caller-card.js";
import { CallHead } from "./call-head.js";
import { LogCard } from "./log-card.js";
import { LogForm } from "./log-form.js";

/** @param {{ parts: Parts, call: Call }} properties */
export function CallView({ parts, call }) {
  const { platform } = useStore(parts.session.store);
  const { calls, callLogs } = parts;
  const isLogged = call.log.state === "written" || call.log.state === "waiting" || call.log.logId !== undefined;
  /** @param {(caller: Caller) => Caller} next */
  const changeCaller = (next) => calls.changeCaller(call.sessionId, next);
  const hangUp = () => {
    calls.hangUp(call.sessionId);
    const ended = calls.get(call.sessionId);
    // Saved while it went on: duration and result follow as soon as they are known.
    if (isLogged && ended !== undefined) void callLogs.recordArrives(ended);
  };
  return html`<article class="stack" aria-label="Call">
    ${
      call.phase === "over" &&
      html`<div>
        <button class="button is-plain is-small" type="button" onClick=${() => calls.open(undefined)}>
          <${Icon} name="back" size=${14} /> All calls
        </button>
      </div>`
    }
    <${CallHead} call=${call} answer=${() => calls.answer(call.sessionId)} hangUp=${hangUp} />
    ${
      !isLogged &&
      html`<${CallerCard}
        caller=${call.caller}
        platform=${platform}
        callers=${parts.callers}
        change=${changeCaller}
        busy=${call.log.state === "saving"}
      />`
    }
    ${
      isLogged
        ? html`<${LogCard} parts=${parts} call=${call} />`
        : call.phase !== "ringing" && html`<${LogForm} parts=${parts} call=${call} />`
    }
  </article>`;
}
